import Foundation
import Testing
import Tipin
import TipinTestSupport

/// Undoing where something is not as the run left it.
struct UndoneInPartTests {
    @Test func `a document that is gone is named and the others are put back`() async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        try await book.run(.migrate)
        try FileManager.default.removeItem(atPath: book.path + "/chapters/c1.json")
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(report.failedDocuments == 1)
        var expected = before
        expected["chapters/c1.json"] = nil
        #expect(try book.documents() == expected)
    }

    @Test func `a manifest file that somebody changed stays`() async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        try await book.run(.migrate)
        let sidecar = try book.read("plain.fileRefs.json") + " "
        try book.write(sidecar, to: "plain.fileRefs.json")
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(try book.read("plain.fileRefs.json") == sidecar)
        var after = try book.documents()
        after["plain.fileRefs.json"] = nil
        #expect(after == before)
    }

    @Test func `a linked document is left`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        try FileManager.default.moveItem(atPath: book.path + "/c1.json", toPath: book.temporary.path + "/c1.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/c1.json", withDestinationPath: "../c1.json")
        #expect(try await book.undo().codes == ["document-linked"])
    }

    @Test func `what the document named before must be here still`() async throws {
        var book = try TestBook()
        try await book.store([Picture(1), Picture(2)])
        book.settings.editorHasAssetID = true
        try book.write(Picture(2), to: "2.png")
        try book.write(
            Chapter.text(#"{"assetId":"$id1","src":"2.png"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        let before = try book.read()
        #expect(try await book.run(.migrate) { $0.preference = .document }.codes.isEmpty)
        #expect(try book.read().contains(Picture(2).id))
        let after = try book.read()
        try book.removeBlob(Picture(1))
        let refused = try await book.undo()
        #expect(refused.codes == ["blob-missing"])
        #expect(try book.read() == after)
        try await book.store([Picture(1)])
        #expect(try await book.undo(try book.runs().first?.id).codes.isEmpty)
        #expect(try book.read() == before)
    }
}
