import Foundation
import Testing

struct SyncTests {
    @Test func `uploads what is pending, and nothing a second time`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        // One after the other, so that the list has an order.
        try await desk.tipin("migrate", "--in-place", "book/book.json")
        try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        let runs = [
            try await desk.tipin("sync", "--config", "book/tipin.json"),
            try await desk.tipin("sync", "--config", "book/tipin.json"),
            try await desk.tipin("assets", "list", "--config", "book/tipin.json"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0])
        #expect(desk.exists("book/.tipin/cdn/b1/\(Desk.knots).png"))
        try Golden.expect(runs, "sync-catalog", at: desk)
    }

    @Test func `bytes that are nowhere are named with what they are used as, and what to do`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        try desk.remove("book/.tipin/books/b1/files/\(Desk.knots)/original.png")
        let unsent = try await desk.tipin("sync", "--config", "book/tipin.json")
        try desk.remove("book/.tipin/books/b1/files/\(Desk.star)/original.png")
        try desk.remove("book/.tipin/cdn/b1/\(Desk.star).png")
        let lost = try await desk.tipin("sync", "--config", "book/tipin.json")
        #expect([unsent, lost].map(\.status) == [1, 1])
        try Golden.expect([unsent, lost], "sync-lost", at: desk)
    }

    @Test func `with paths it writes the documents only where it is told to`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        let migrated = try desk.read("book/chapter.json")
        let looked = try await desk.tipin("sync", "book")
        #expect(try desk.read("book/chapter.json") == migrated)
        let written = try await desk.tipin("sync", "--in-place", "book")
        let again = try await desk.tipin("sync", "--in-place", "book")
        #expect([looked, written, again].map(\.status) == [0, 0, 0])
        try Golden.expect([looked, written, again], "sync-paths", at: desk)
        try Golden.expect(desk.masked(try desk.text("book/chapter.json")), "sync-chapter")
    }

    @Test func `another device downloads what the documents name`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("publish", "--in-place", "book")
        try desk.write(
            #"{"dataDir": ".tipin", "remote": "folder:../book/.tipin/cdn?base=https://cdn.example/b1"}"#,
            to: "device/tipin.json")
        for name in ["chapter.json", "book.json"] {
            try desk.write(try desk.read("book/" + name), to: "device/" + name)
        }
        // The configuration is named: one that is only found may not use a remote outside its folder.
        let run = try await desk.tipin("sync", "--in-place", "--config", "device/tipin.json", "device")
        #expect(run.status == 0)
        #expect(desk.exists("device/.tipin/books/b1/files/\(Desk.knots)/original.png"))
        try Golden.expect([run], "sync-device", at: desk)
    }
}
