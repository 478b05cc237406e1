import Foundation
import Testing

/// Documents that have a second name: writing to one would change what somebody else has.
struct LinkedDocumentTests {
    @Test func `are written only with --follow-links`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"dataDir": ".tipin"}"#, to: "book/tipin.json")
        try FileManager.default.moveItem(atPath: desk.path("book/chapter.json"), toPath: desk.path("elsewhere.json"))
        try FileManager.default.createSymbolicLink(
            atPath: desk.path("book/chapter.json"), withDestinationPath: "../elsewhere.json")
        let before = try desk.read("elsewhere.json")
        let refused = try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        #expect(try desk.read("elsewhere.json") == before)
        let followed = try await desk.tipin("migrate", "--in-place", "--follow-links", "book/chapter.json")
        #expect([refused, followed].map(\.status) == [1, 0])
        #expect(try desk.text("elsewhere.json").contains(Desk.knotsID))
        let type = try FileManager.default.attributesOfItem(atPath: desk.path("book/chapter.json"))[.type]
        #expect(type as? FileAttributeType == .typeSymbolicLink)
        try Golden.expect([refused, followed], "linked-documents", at: desk)
    }
}
