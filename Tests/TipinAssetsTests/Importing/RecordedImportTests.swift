import GRDB
import Testing
import TipinAssets

/// What the catalog knows wholly is not written down again when it is imported again; whatever it lacks is.
struct RecordedImportTests {
    /// Something that the catalog does not know of an asset, or knows wrongly.
    struct Gap: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Makes it.
        let sql: String

        init(_ testDescription: String, _ sql: String) { (self.testDescription, self.sql) = (testDescription, sql) }
    }

    private static let gaps = [
        Gap("no path", "UPDATE file_assets SET local_path = NULL"),
        Gap("a path that leads nowhere", "UPDATE file_assets SET local_path = '/gone/original.png'"),
        Gap("no facts", "DELETE FROM tipin_asset_facts"),
        Gap("not in the book", "DELETE FROM tipin_books"),
        Gap("no entry in the book", "UPDATE tipin_books SET path = NULL"),
        Gap("another entry in the book", "UPDATE tipin_books SET path = 'books/b1/files/gone/original.png'"),
        Gap("not queued", "DELETE FROM tipin_uploads; UPDATE file_assets SET status = 'local_only'"),
        Gap(
            "waited for by another book",
            "INSERT INTO tipin_downloads (sha256, book_id, created_at) SELECT sha256, 'b2', '1' FROM file_assets"),
        Gap("evicted", "INSERT INTO tipin_evicted (asset_id, evicted_at) SELECT id, '1' FROM file_assets"),
    ]

    private let workshop: Workshop

    /// Time stands still, so that what is the same looks the same.
    init() throws { workshop = try Workshop(clock: SetClock().clock) }

    /// All that an import tells. Frames and transparency are left out: nobody decodes again what is known.
    private func state() throws -> [[String]] {
        try DatabaseQueue(path: workshop.catalog.path).read { database in
            try [
                "file_assets", "tipin_books", "tipin_uploads", "tipin_downloads", "tipin_evicted", "tipin_sources",
                "tipin_access", "(SELECT asset_id, has_position FROM tipin_asset_facts)",
            ]
            .map { try Row.fetchAll(database, sql: "SELECT * FROM \($0) ORDER BY 1, 2").map { "\($0)" } }
        }
    }

    private func change(_ sql: String) throws {
        try DatabaseQueue(path: workshop.catalog.path).write { try $0.execute(sql: sql) }
    }

    @Test(arguments: gaps) func `the same bytes fill a gap`(_ gap: Gap) async throws {
        let bytes = Pictures.png("one")
        let first = try await workshop.add(bytes, remote: "r")
        let whole = try state()
        try await workshop.add(bytes, remote: "r")
        #expect(try state() == whole)
        try change(gap.sql)
        #expect(try state() != whole)
        let again = try await workshop.add(bytes, remote: "r")
        #expect(try state() == whole)
        #expect(again.wasKnown)
        #expect(again.relativePath == first.relativePath)
        #expect(again.asset.localPath == first.asset.localPath)
        #expect(again.asset.status == .pendingUpload)
    }

    @Test func `what is queued for one remote or book is queued for another all the same`() async throws {
        let bytes = Pictures.png("one")
        let id = try await workshop.add(bytes, book: "b1", remote: "r").asset.id
        // So that the other book's entry is known, and its copy alone is not.
        try await workshop.add(bytes, book: "b2")
        for (book, remote) in [("b1", "s"), ("b2", "r")] {
            let key = UploadKey(assetID: id, bookID: book, remote: remote)
            let isQueued = {
                try workshop.catalog.read { try $0.pendingUploads(remote: remote).map(\.key).contains(key) }
            }
            #expect(try !isQueued())
            try await workshop.add(bytes, book: book, remote: remote)
            #expect(try isQueued())
        }
    }
}
