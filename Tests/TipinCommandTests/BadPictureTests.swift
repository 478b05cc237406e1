import Foundation
import Testing

/// Pictures that are none, are not there, or are not this document's to read.
struct BadPictureTests {
    @Test func `bytes that are no picture are not imported`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("<!doctype html><title>404</title>", to: "book/media/page.png")
        try desk.write("<svg xmlns='http://www.w3.org/2000/svg'/>", to: "book/media/drawing.svg")
        try desk.write(try desk.read("book/media/knots.png").prefix(5000), to: "book/media/cut.png")
        try desk.writeChapter(
            Self.image("media/page.png"), Self.image("media/drawing.svg"), Self.image("media/cut.png"),
            Self.image("data:image/png;base64,AAAA"), Self.image("data:image/png;base64,%%%"))
        try await expectUntouched("book/chapter.json", desk, "bad-picture")
    }

    @Test func `an id that nobody knows is an error`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(#"{ "type": "image", "attrs": { "assetId": "nobody" } }"#)
        try await expectUntouched("book/chapter.json", desk, "bad-unknown-asset")
    }

    @Test func `files outside the roots are not read, by a path or by a link`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.copyPicture("cover.jpg", to: "secret/cover.jpg")
        try FileManager.default.createSymbolicLink(
            atPath: desk.path("book/media/link.jpg"), withDestinationPath: "../../secret/cover.jpg")
        try FileManager.default.createSymbolicLink(
            atPath: desk.path("book/media/folder"), withDestinationPath: desk.path("secret"))
        try desk.writeChapter(
            Self.image("../secret/cover.jpg"), Self.image("media/link.jpg"), Self.image("media/folder/cover.jpg"))
        try await expectUntouched("book/chapter.json", desk, "bad-outside-roots")
        try Self.expectNothingStored(desk)
    }

    @Test func `whole paths outside the roots are not read either`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.copyPicture("cover.jpg", to: "secret/cover.jpg")
        let secret = desk.path("secret/cover.jpg")
        try desk.writeChapter(
            Self.image(secret), Self.image("file://" + secret),
            Self.image("asset://localhost/" + secret.replacing("/", with: "%2F")))
        let before = try desk.read("book/chapter.json")
        let run = try await desk.tipin("migrate", "--in-place", "book")
        #expect(run.status == 1)
        #expect(run.errors.matches(of: /error\[outside-roots\]/).count == 3)
        #expect(try desk.read("book/chapter.json") == before)
        try Self.expectNothingStored(desk)
    }

    /// No JPEG, of which the small book has none of its own.
    private static func expectNothingStored(_ desk: Desk) throws {
        let stored = try desk.contents(of: "book/.tipin").keys
        #expect(stored.contains { $0.hasSuffix(".png") })
        #expect(!stored.contains { $0.hasSuffix(".jpg") })
    }

    /// Runs `publish` on a book of which one document cannot be done.
    private func expectUntouched(_ name: String, _ desk: Desk, _ golden: String) async throws {
        let before = try desk.contents(of: "book")
        let run = try await desk.tipin("publish", "--in-place", "book")
        #expect(run.status == 1)
        #expect(try desk.read(name) == before[String(name.dropFirst("book/".count))])
        #expect(try desk.text("book/book.json").contains("https://cdn.example/b1/"))
        try desk.expectNoTemporaryFile()
        try Golden.expect([run], golden, at: desk)
    }

    private static func image(_ address: String) -> String {
        #"{ "type": "image", "attrs": { "src": "\#(address)" } }"#
    }
}
