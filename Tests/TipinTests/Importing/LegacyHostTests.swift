import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// RULES 3, 4 where the address leads to a host.
struct LegacyHostTests {
    private func book() throws -> TestBook {
        var book = try TestBook()
        book.settings.allowsPrivateHosts = true
        return book
    }

    private static func server() throws -> StubServer {
        try StubServer { request in
            switch request.path {
            case "/1.png": StubResponse(headers: [(name: "Content-Type", value: "text/plain")], body: Picture(1).bytes)
            case "/moved.png": .redirect(to: "/1.png")
            case "/broken": StubResponse(text: "<html>sorry</html>")
            case "/later.png": StubResponse(503, text: "later")
            default: StubResponse(404, text: "nothing")
            }
        }
    }

    @Test(arguments: ["/1.png", "/1.png?size=2#x", "/moved.png"])
    func `a picture is fetched and its address names it from then on`(_ target: String) async throws {
        let book = try book()
        let server = try Self.server()
        try book.write(Chapter.text(#"{"src":"\#(server.base)\#(target)"}"#))
        let report = try await book.run(.migrate)
        #expect(report.codes.isEmpty)
        #expect(report.importedAssets == 1)
        let expected = Chapter.text(
            #"{"src":"\#(server.base)\#(target)","assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}")
        #expect(try book.read() == book.expanded(expected))
        let asked = server.requests.count
        try book.write(Chapter.text(#"{"src":"\#(server.base)\#(target)"}"#, id: "c2"), to: "c2.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(server.requests.count == asked)
        #expect(try book.read("c2.json").contains(Picture(1).id))
    }

    @Test func `an address is asked once however many documents name it`() async throws {
        let book = try book()
        let server = try Self.server()
        for number in 0..<5 {
            let node = #"{"src":"\#(server.base)/1.png"}"#
            try book.write(Chapter.text(node, node, id: "c\(number)"), to: "c\(number).json")
        }
        #expect(try await book.run(.migrate).importedAssets == 1)
        #expect(server.requests.count == 1)
    }

    @Test func `an address beside an id is compared once and its agreement is remembered`() async throws {
        let book = try book()
        try await book.store([Picture(1)])
        let server = try Self.server()
        let node = #"{"assetId":"$id1","src":"\#(server.base)/1.png"}"#
        // More documents than are worked on together.
        for number in 0..<40 { try book.write(Chapter.text(node, node, id: "c\(number)"), to: "c\(number).json") }
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(server.requests.count == 1)
        #expect(try await book.run(.migrate).changedDocuments == 0)
        #expect(server.requests.count == 1)
        let known = try book.withCatalog { try $0.read { try $0.asset(sourceURL: "\(server.base)/1.png") } }
        #expect(known?.id == Picture(1).id)
    }

    @Test func `an address that contradicts two ids is asked for each and remembered for none`() async throws {
        let book = try book()
        try await book.store([Picture(2), Picture(3)])
        let server = try Self.server()
        let nodes = [2, 3, 2].map { #"{"assetId":"$id\#($0)","src":"\#(server.base)/1.png"}"# }
        let text = Chapter.text(nodes[0], nodes[1], nodes[2])
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.problems(.srcContradictsAsset).count == 3)
        #expect(server.requests.count == 2)
        #expect(try book.read() == book.expanded(text))
        let known = try book.withCatalog { try $0.read { try $0.asset(sourceURL: "\(server.base)/1.png") } }
        #expect(known == nil)
    }

    @Test func `what is gone is not asked for again until the user wants it`() async throws {
        let book = try book()
        let server = try Self.server()
        let text = Chapter.text(#"{"src":"\#(server.base)/gone.png"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-gone"])
        #expect(report.status == .failure)
        #expect(try book.read() == text)
        let asked = server.requests.count
        #expect(try await book.run(.migrate).codes == ["asset-gone"])
        #expect(server.requests.count == asked)
        #expect(try await book.run(.migrate) { $0.refetches = true }.codes == ["asset-gone"])
        #expect(server.requests.count > asked)
    }

    @Test func `what fails for a moment is tried by the next run and says so`() async throws {
        let book = try book()
        let server = try Self.server()
        try book.write(Chapter.text(#"{"src":"\#(server.base)/later.png"}"#))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["fetch-failed"])
        #expect(report.status == .incomplete)
        let asked = server.requests.count
        #expect(try await book.run(.migrate).status == .incomplete)
        #expect(server.requests.count > asked)
    }

    @Test func `a page in the place of a picture is none`() async throws {
        let book = try book()
        let server = try Self.server()
        try book.write(Chapter.text(#"{"src":"\#(server.base)/broken"}"#))
        #expect(try await book.run(.migrate).codes == ["not-an-image"])
    }

    @Test func `a private host is refused unless it is allowed`() async throws {
        var book = try book()
        book.settings.allowsPrivateHosts = false
        let server = try Self.server()
        let text = Chapter.text(#"{"src":"\#(server.base)/1.png"}"#)
        try book.write(text)
        #expect(try await book.run(.migrate).codes == ["address-refused"])
        #expect(server.requests.isEmpty)
        #expect(try book.read() == text)
        book.settings.privateHosts = ["127.0.0.1"]
        #expect(try await book.run(.migrate).codes.isEmpty)
    }

    @Test func `an address beside an id is read and compared`() async throws {
        let book = try book()
        let server = try Self.server()
        try await book.store([Picture(1), Picture(2)])
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"\#(server.base)/1.png"}"#))
        try book.write(Chapter.text(#"{"assetId":"$id2","src":"\#(server.base)/1.png"}"#, id: "c2"), to: "c2.json")
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"\#(server.base)/no.png"}"#, id: "c3"), to: "c3.json")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["src-contradicts-asset", "src-unchecked"])
        #expect(report.problems(.srcContradictsAsset).count == 1)
        #expect(report.problems(.srcUnchecked).count == 1)
    }

    @Test(arguments: [TestBook.Command.resolve, .sync])
    func `commands that import nothing ask no host`(_ command: TestBook.Command) async throws {
        let book = try book()
        let server = try Self.server()
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"src":"\#(server.base)/1.png"}"#))
        let report = try await book.run(command)
        #expect(report.codes == ["not-imported"])
        #expect(report.status == .success)
        #expect(server.requests.isEmpty)
    }

    @Test func `check asks hosts only online`() async throws {
        let book = try book()
        let server = try Self.server()
        try book.write(Chapter.text(#"{"src":"\#(server.base)/gone.png"}"#))
        #expect(try await book.check().codes == ["bytes-not-looked-at", "legacy-url"])
        #expect(server.requests.isEmpty)
        #expect(try await book.check { $0.isOnline = true }.codes == ["asset-gone", "bytes-not-looked-at"])
    }

    @Test func `an address at our own API that stands alone is not sent back`() async throws {
        var book = try TestBook()
        let api = try StubBookAPI()
        book.settings.remote = api.base
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        let url = "\(api.base)/files/remote-1"
        var second = book.secondDevice()
        second.settings.remote = api.base
        try second.write(Chapter.text(#"{"src":"\#(url)"}"#))
        #expect(try await second.run(.publish).codes.isEmpty)
        #expect(api.uploads.count == 1)
        let expected = Chapter.text(
            #"{"src":"\#(url)","assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"\#(url)""#) + "}")
        #expect(try second.read() == second.expanded(expected))
    }

    @Test func `another book's copy is not this book's`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)], book: "b2")
        let second = book.secondDevice()
        let other = TestBook.url(Picture(1), book: "b2")
        try second.write(Chapter.text(#"{"src":"\#(other)"}"#))
        #expect(try await second.run(.publish).codes.isEmpty)
        let expected = Chapter.text(
            #"{"src":"$url1","assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try second.read() == second.expanded(expected))
        #expect(FileManager.default.contents(atPath: book.remoteFile(Picture(1))) == Data(Picture(1).bytes))
    }

    @Test func `a picture of our own API is taken without being sent back`() async throws {
        var book = try TestBook()
        let api = try StubBookAPI()
        book.settings.remote = api.base
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        let text = try book.read()
        #expect(text.contains("\(api.base)/files/"))
        #expect(text.contains(#""remoteId":"remote-1""#))
        var second = book.secondDevice()
        second.settings.remote = api.base
        #expect(try await second.run(.publish).codes.isEmpty)
        #expect(try book.read() == text)
        #expect(api.uploads.count == 1)
        let line = try second.withCatalog { try $0.read { try $0.uploads(of: Picture(1).id) } }
        #expect(line.map(\.status) == [.uploaded])
        #expect(line.map(\.remoteID) == ["remote-1"])
    }
}
