import Foundation
import Synchronization
import Testing
import TipinTestSupport

/// Several processes at one store.
struct TogetherTests {
    private static let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"

    /// RELIABILITY C3: everybody brings the same pictures, each in a document of its own.
    @Test func `processes that import the same pictures make one blob and one row of each`() async throws {
        let (processes, pictures, rounds) = Self.isLong ? (8, 50, 20) : (8, 6, 1)
        for _ in 0..<rounds {
            let desk = try Desk()
            for number in 0..<pictures { try desk.write(Self.picture(number), to: "media/\(number).png") }
            for process in 0..<processes {
                let nodes = (0..<pictures).map { #"{"type":"image","attrs":{"src":"../media/\#($0).png"}}"# }
                try desk.write(
                    #"{"id":"c\#(process)","bookId":"b1","content":{"type":"doc","content":[\#(nodes.joined(separator: ","))]}}"#,
                    to: "docs\(process)/c.json")
            }
            try desk.write(#"{"bookId": "b1", "dataDir": "data", "editorHasAssetId": true}"#, to: "tipin.json")
            let runs = try await withThrowingTaskGroup(of: Invocation.self) { group in
                for process in 0..<processes {
                    group.addTask {
                        try await desk.tipin("migrate", "--in-place", "--data-dir", "data", "docs\(process)")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(runs.map(\.status) == [Int32](repeating: 0, count: processes), "\(runs.map(\.errors))")
            let blobs = try desk.contents(of: "data/books/b1/files").keys.filter { $0.contains("/original.") }
            #expect(blobs.count == pictures)
            let list = try await desk.tipin("assets", "list", "--format", "json", "--data-dir", "data")
            let rows = list.output.split(separator: "\n")
            #expect(rows.count == pictures)
            #expect(rows.allSatisfy { row in row.matches(of: /"role":"attachment"/).count == processes })
            let check = try await desk.tipin("assets", "verify", "--read-data", "--data-dir", "data")
            #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
            let again = try await desk.tipin(
                ["migrate", "--in-place", "--data-dir", "data"] + (0..<processes).map { "docs\($0)" })
            #expect(again.output.contains("0 documents changed"), "\(again.output)")
            #expect(try desk.contents(of: "data/tmp").isEmpty)
            try desk.expectNoTemporaryFile()
        }
    }

    /// The document of the tests below, with the pictures that it names.
    private static func deskWithOne(_ address: String) throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "\#(address)" } }"#,
            #"{ "type": "image", "attrs": { "src": "media/star.png" } }"#)
        return desk
    }

    /// RELIABILITY C4: one of them is at the host while the other does all that it has to do.
    @Test func `a command keeps what another one wrote meanwhile, and says so`() async throws {
        let picture = try Desk()
        try picture.copyPicture("knots.png", to: "knots.png")
        let bytes = try picture.read("knots.png")
        let isFirst = Atomic(true)
        let other = Mutex<ChildProcess?>(nil)
        let otherStatus = Mutex<Int32?>(nil)
        let server = try StubServer { _ in
            if isFirst.exchange(false, ordering: .relaxed), let process = other.withLock({ $0 }) {
                let status = try? process.run()
                otherStatus.withLock { $0 = status }
            }
            return StubResponse(200, headers: [(name: "Content-Type", value: "image/png")], body: bytes)
        }
        let desk = try Self.deskWithOne(server.base + "/knots.png")
        let arguments = ["migrate", "--in-place", "--allow-private-hosts", "book"]
        var process = ChildProcess(Checkout.products + "/tipin", arguments)
        (process.folder, process.environment) = (desk.path, desk.environment)
        process.errors = desk.path("errors")
        let program = process
        other.withLock { $0 = program }
        let run = try await desk.tipin(arguments)
        let otherErrors = try desk.text("errors")
        #expect(otherStatus.withLock { $0 } == 0, "\(otherErrors)")
        #expect(run.status == 1)
        #expect(run.errors.contains("error[document-changed]"))
        // What the other wrote is what it writes alone.
        let alone = try Self.deskWithOne(server.base + "/knots.png")
        #expect(try await alone.tipin(arguments).status == 0)
        for name in ["book/chapter.json", "book/book.json"] { #expect(try desk.read(name) == alone.read(name)) }
        let again = try await desk.tipin(arguments)
        #expect(again.status == 0)
        #expect(again.output.contains("0 documents changed"))
        #expect(try await desk.tipin("assets", "verify", "--read-data", "--data-dir", "book/.tipin").status == 0)
        try desk.expectNoTemporaryFile()
    }

    /// A picture of a colour of its own, as a GIF of one pixel.
    private static func picture(_ number: Int) -> [UInt8] {
        let colour = [UInt8(truncatingIfNeeded: number * 5), UInt8(truncatingIfNeeded: number), 7]
        return Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0] + colour + [0, 0, 0]
            + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
    }
}
