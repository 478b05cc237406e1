import Foundation
import Glibc
import Testing
import Tipin
import TipinTestSupport

/// Which files a run takes for documents, each once.
struct DocumentWalkTests {
    @Test func `documents that look alike in name are two`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "\u{E9}.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "e\u{301}.json")
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(report.changedDocuments == 2)
        #expect(report.importedAssets == 2)
    }

    @Test(arguments: [Destination.inPlace, .folder("")]) func `a link does not hide the document that it leads to`(
        _ kind: Destination
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "b/z.json")
        #expect(symlink("z.json", book.path + "/b/a.json") == 0)
        let out = book.temporary.path + "/out"
        let report = try await book.run(.migrate, to: kind.isFolder ? .folder(out) : .inPlace)
        #expect(report.codes == ["src-removed"])
        #expect(report.documents == 1)
        #expect(report.writtenFiles == [book.path + "/b/z.json"])
        #expect(FileManager.default.fileExists(atPath: out + "/b/z.json") == kind.isFolder)
    }

    @Test func `a name may begin with a mark that joins what stands before it`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "\u{301}.json")
        let report = try await book.run(.migrate)
        #expect(report.writtenFiles.count == 1)
        #expect(try book.read("\u{301}.json").contains(Picture(1).id))
    }
}
