import Glibc
import Testing
import TipinAssets
import TipinFiles
import TipinTestSupport

@testable import Tipin

struct NamingTests {
    private static func file(_ book: TestBook) -> DocumentFile {
        DocumentFile(
            label: "book.ndjson", path: book.path + "/book.ndjson", relativePath: "book.ndjson", root: book.path,
            isNamed: true)
    }

    private static func book() throws -> TestBook {
        let book = try TestBook(hasRemote: false)
        let lines = (1...2).map { Chapter.line(#"{"assetId":"$id\#($0)","sha256":"$sha\#($0)"}"#, id: "c\($0)") }
        try book.write(lines.joined(separator: "\n"), to: "book.ndjson")
        return book
    }

    @Test func `what lines name is found`() throws {
        let book = try Self.book()
        let assets = try Naming.assets(inLines: Self.file(book), Collect(book.settings))
        #expect(Set(assets.map(\.assetID)) == [Picture(1).id, Picture(2).id])
    }

    /// A part of what they name would look like all of it.
    @Test func `lines that cannot be read are an error`() throws {
        let book = try Self.book()
        #expect(unlink(book.path + "/book.ndjson") == 0)
        let error = #expect(throws: FileError.self) {
            try Naming.assets(inLines: Self.file(book), Collect(book.settings))
        }
        #expect(error?.isMissing == true)
    }
}
