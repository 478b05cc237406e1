internal import Foundation
internal import GRDB
internal import TipinAssets
internal import TipinDocument

/// A catalog of 1,000,000 assets and as many links, and some assets more that nothing refers to.
struct CatalogTable {
    private static let count = 1_000_000
    private static let unusedCount = 10_000

    func lines() throws -> [String] {
        let path = FileManager.default.temporaryDirectory.path + "/tipin-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try DataFolder(path: path, creates: true)
        let file = data.path + "/catalog.sqlite"
        let built = try Seconds.measure { try fill(file) }
        var lines = ["catalog of \(Self.count) assets and links, built in \(Int(built.wall)) s"]
        func row(_ name: String, _ goal: Double, _ times: Int, _ work: () throws -> Void) rethrows {
            let cost = try Seconds.measure { for _ in 0..<times { try work() } }
            let milliseconds = cost.wall * 1000 / Double(times)
            lines.append("  \(Table.left(name, 40))\(Table.ratio(milliseconds)) ms (goal < \(Table.ratio(goal)))")
        }
        try row("open", 100, 5) { _ = try Catalog(path: file, mode: .readOnly) }
        let catalog = try Catalog(path: file, mode: .create)
        let known = GeneratedCorpus.Asset(4321)
        let found = try catalog.read { try $0.asset(id: known.id) }
        precondition(found?.sha256 == known.digest, "the ids are others")
        var random = Splitmix(seed: 3)
        func asset() -> GeneratedCorpus.Asset { GeneratedCorpus.Asset(UInt64(random.next(below: Self.count))) }
        try row("lookup by id", 1, 2000) { try read(catalog) { try $0.asset(id: asset().id) } }
        try row("lookup by digest", 1, 2000) { try read(catalog) { try $0.asset(digest: asset().digest) } }
        try row("lookup by address", 1, 2000) { try read(catalog) { try $0.asset(remoteURL: asset().url) } }
        try row("lookup of a digest that is not there", 1, 2000) {
            try read(catalog) { try $0.asset(digest: GeneratedCorpus.Asset(random.next() | 1 << 63).digest) }
        }
        try row("links of an entity", 1, 2000) {
            let entity = Entity(type: .chapter, id: "c\(random.next(below: Self.count / 10))")
            try read(catalog) { try $0.links(of: entity) }
        }
        try row("pending uploads", 5, 20) {
            try read(catalog) { try $0.pendingUploads(remote: "folder:served", limit: 100) }
        }
        // What it would do, as a command: the scan is all of it but the moving of files.
        row("clean-up, told only", 10_000, 1) { _ = Program.tipin.run(["assets", "gc", "--data-dir", path]) }
        return lines
    }

    /// Longer ago than any grace period.
    private static let time = "2026-01-01T00:00:00.000Z"

    private func read<T>(_ catalog: Catalog, _ body: (CatalogReader) throws -> T?) throws {
        _ = try catalog.read { reader in try body(reader) != nil }
    }

    /// As tipin would have made them one by one, which takes minutes. One in a thousand waits to be sent.
    private func fill(_ file: String) throws {
        _ = try Catalog(path: file, mode: .create)
        try DatabaseQueue(path: file).write { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE made AS
                    WITH RECURSIVE n(n) AS (
                            SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < \(Self.count + Self.unusedCount)),
                        h(n, h) AS (SELECT n, printf('%016x', n) FROM n)
                    SELECT n, h || h || h || h AS sha256, substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8'
                        || substr(h, 14, 3) || '-8' || substr(h, 2, 3) || '-' || substr(h, 5) AS id,
                        'https://cdn.example/b/' || h || h || h || h || '/original.png' AS url FROM h;
                    INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, remote_url, status, created_at,
                        updated_at)
                    SELECT id, sha256, 'png', 'image/png', 1, iif(n % 1000 AND n < \(Self.count), url, NULL),
                        iif(n < \(Self.count), iif(n % 1000, 'uploaded', 'pending_upload'), 'local_only'),
                        '\(Self.time)', '\(Self.time)' FROM made;
                    INSERT INTO tipin_asset_facts (asset_id, has_position) SELECT id, 0 FROM made;
                    INSERT INTO tipin_books (asset_id, book_id, is_owner, created_at)
                    SELECT id, 'b' || (n / 1000), 1, '\(Self.time)' FROM made;
                    INSERT INTO tipin_uploads (asset_id, book_id, remote, remote_url, status, created_at, updated_at)
                    SELECT id, 'b' || (n / 1000), 'folder:served', iif(n % 1000, url, NULL),
                        iif(n % 1000, 'uploaded', 'pending_upload'), '\(Self.time)', '\(Self.time)' FROM made
                    WHERE n < \(Self.count);
                    INSERT INTO file_asset_links (id, asset_id, entity_type, entity_id, role, sort_order, created_at,
                        updated_at)
                    SELECT 'l' || n, id, 'chapter', 'c' || (n / 10), 'attachment', n % 10, '\(Self.time)',
                        '\(Self.time)'
                    FROM made WHERE n < \(Self.count);
                    DROP TABLE made
                    """)
        }
    }
}
