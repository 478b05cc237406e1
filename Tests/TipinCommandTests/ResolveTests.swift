import Testing

struct ResolveTests {
    @Test func `writes what the catalog knows and imports nothing`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        let dry = try await desk.tipin("resolve", "book")
        let written = try await desk.tipin("resolve", "--in-place", "book")
        let again = try await desk.tipin("resolve", "--in-place", "book")
        #expect([dry, written, again].map(\.status) == [0, 0, 0])
        try Golden.expect([dry, written, again], "resolve", at: desk)
        try Golden.expect(desk.masked(try desk.text("book/chapter.json")), "resolve-chapter")
        #expect(try desk.text("book/book.json").contains(#""media/star.png""#))
    }

    @Test func `for other machines it names no path of this one`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        try await desk.tipin("resolve", "--in-place", "book")
        #expect(try desk.text("book/chapter.json").contains("localPath"))
        let portable = try await desk.tipin("resolve", "--for", "portable", "--in-place", "book")
        #expect(portable.status == 0)
        #expect(try !desk.text("book/chapter.json").contains("localPath"))
        let publish = try await desk.tipin("resolve", "--for", "publish", "--in-place", "book")
        try Golden.expect([portable, publish], "resolve-for", at: desk)
    }

    @Test func `without a catalog it says what is not known and creates none`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let run = try await desk.tipin("resolve", "--in-place", "book")
        #expect(try desk.contents() == before)
        try Golden.expect([run], "resolve-without-catalog", at: desk)
    }
}
