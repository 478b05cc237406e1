import Testing

/// A node whose id says one picture and whose address another.
struct ContradictionTests {
    @Test func `is left as it is and named`() async throws {
        let desk = try await Self.contradicting()
        let before = try desk.read("book/two.json")
        let migrate = try await desk.tipin("migrate", "--in-place", "book/two.json")
        let publish = try await desk.tipin("publish", "--in-place", "book/two.json")
        #expect([migrate, publish].map(\.status) == [1, 1])
        #expect(try desk.read("book/two.json") == before)
        try desk.expectNoTemporaryFile()
        try Golden.expect([migrate, publish], "contradiction", at: desk)
    }

    @Test(arguments: [("document", Desk.starID, Desk.knotsID), ("catalog", Desk.knotsID, Desk.starID)])
    func `is settled by --prefer`(whose: String, id: String, other: String) async throws {
        let desk = try await Self.contradicting()
        let run = try await desk.tipin("publish", "--in-place", "--prefer", whose, "book/two.json")
        #expect(run.status == 0)
        let text = try desk.text("book/two.json")
        #expect(text.contains(#""assetId": "\#(id)""#))
        #expect(!text.contains(other))
        #expect(!text.contains("media/star.png"))
        try Golden.expect([run], "contradiction-" + whose, at: desk)
    }

    /// The catalog knows the knots; `two.json` names them by id and the star by address.
    private static func contradicting() async throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "assetId": "\#(Desk.knotsID)", "src": "media/star.png" } }"#,
            to: "book/two.json", id: "c2")
        return desk
    }
}
