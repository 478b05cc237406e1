import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics

/// Pictures that stand in their documents as `data:` URLs.
struct InlinePictureTests {
    private func book() throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.editorHasAssetID = true
        return book
    }

    @Test func `one picture is taken in once, however often and however it is written`() async throws {
        let book = try book()
        let escaped = Picture(1).dataURL.replacing("/", with: #"\/"#)
        let nested = #"{"id":"c3","bookId":"b1","content":"[{\"type\":\"image\",\"attrs\":{\"src\":\"$data1\"}}]"}"#
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"\#(escaped)"}"#, id: "c2"), to: "c2.json")
        try book.write(nested, to: "c3.json")
        let report = try await book.run(.migrate)
        #expect(report.codes.isEmpty)
        #expect(report.importedAssets == 1)
        #expect(report.changedMentions == 4)
        let node = #"{"assetId":"$id1"}"#
        let expected = Chapter.text(node, node, manifest: "{" + Chapter.entry(1) + "}")
        #expect(try book.read() == book.expanded(expected))
        #expect(try book.read("c2.json").contains(book.expanded(#""attrs":{"assetId":"$id1"}"#)))
        #expect(try book.read("c3.json").contains(book.expanded(#"\"attrs\":{\"assetId\":\"$id1\"}"#)))
    }

    /// More than become durable together.
    @Test func `many keep their places, and a bad one stops none of the others`() async throws {
        let book = try book()
        let numbers = Array((0..<300).reversed())
        var nodes = numbers.map { #"{"src":"\#(Picture($0).dataURL)"}"# }
        nodes[130] = #"{"src":"data:image/png;base64,?"}"#
        let text = Chapter.text("NODES").replacing(
            #"{"type":"image","attrs":NODES}"#,
            with: nodes.map { #"{"type":"image","attrs":\#($0)}"# }.joined(separator: ","))
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["data-url-invalid"])
        #expect(report.importedAssets == 299)
        let ids = try book.read().matches(of: /"attrs":{"(?:assetId|src)":"([^"]*)"}/).map { String($0.1) }
        var expected = numbers.map { Picture($0).id }
        expected[130] = "data:image/png;base64,?"
        #expect(ids == expected)
        for number in numbers where number != numbers[130] {
            #expect(FileManager.default.contents(atPath: book.blobPath(Picture(number))) == Data(Picture(number).bytes))
        }
    }

    @Test func `one that comes again later is the same picture`() async throws {
        let book = try book()
        let escaped = Picture(0).dataURL.replacing("/", with: #"\/"#)
        let nodes = (0..<200).map { #"{"src":"\#(Picture($0).dataURL)"}"# } + [#"{"src":"\#(escaped)"}"#]
        try book.write(
            Chapter.text("NODES").replacing(
                #"{"type":"image","attrs":NODES}"#,
                with: nodes.map { #"{"type":"image","attrs":\#($0)}"# }.joined(separator: ",")))
        let other = Chapter.text(#"{"src":"$data0"}"#, id: "c2").replacing(#""bookId":"b1""#, with: #""bookId":"b2""#)
        try book.write(other, to: "c2.json")
        let report = try await book.run(.migrate)
        #expect(report.codes.isEmpty)
        #expect((report.importedAssets, report.changedMentions) == (200, 202))
        let path = book.blobPath(Picture(0)).replacing("/b1/", with: "/b2/")
        #expect(FileManager.default.contents(atPath: path) == Data(Picture(0).bytes))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    /// Before an address that is written otherwise, with one that says nothing.
    @Test(arguments: ["$data1", "ESCAPED"], [false, true])
    func `a field's empty address does not hide the picture behind it`(address: String, substitutes: Bool) async throws
    {
        let book = try book()
        let address = address.replacing("ESCAPED", with: Picture(1).dataURL.replacing("/", with: #"\/"#))
        try book.write(#"{"id":"b1","coverImage":{"src":" ","url":"\#(address)"},"chapters":[]}"#)
        let report = try await book.run(.migrate) {
            if substitutes { $0.substitutions = [Picture(2).dataURL: book.path + "/2.png"] }
        }
        #expect(report.codes.isEmpty)
        #expect((report.importedAssets, report.changedMentions) == (1, 1))
        #expect(try book.read().contains(Picture(1).sha256))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `another address may take the place of one`() async throws {
        let book = try book()
        try book.write(Picture(2), to: "2.png")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let report = try await book.run(.migrate) { $0.substitutions = [Picture(1).dataURL: book.path + "/2.png"] }
        #expect(report.codes.isEmpty)
        let expected = Chapter.text(#"{"assetId":"$id2"}"#, manifest: "{" + Chapter.entry(2) + "}")
        #expect(try book.read() == book.expanded(expected))
    }
}
