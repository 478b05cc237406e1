import GRDB
import Testing
import TipinAssets
import TipinDocument

/// What is fetched ahead is what would have been found one by one.
struct FetchedRowsTests {
    private let test: TestCatalog
    private static let names = (0..<20).map { "a\($0)" } + [#"quo"te"#, #"back\slash"#, "né", "new\nline", "%", "[]"]

    init() throws {
        test = try TestCatalog()
        for name in Self.names {
            let asset = try test.add(name, status: .pendingUpload)
            try test.catalog.write { writer in
                for (book, remote) in [("b1", "folder:x"), ("b2", "folder:x"), ("b1", "folder:w")] {
                    _ = try writer.enqueueUpload(assetID: asset.id, bookID: book, remote: remote)
                }
                let key = UploadKey(assetID: asset.id, bookID: "b1", remote: "folder:x")
                _ = try writer.markUploaded(key, remoteID: nil, remoteURL: "https://cdn.example/\(asset.sha256)")
            }
        }
        // As an app may write them.
        try DatabaseQueue(path: test.path).write {
            try $0.execute(sql: "UPDATE file_assets SET sha256 = upper(sha256) WHERE id IN ('a3', 'a4')")
        }
    }

    private var digests: [SHA256Digest] {
        (Self.names + (0..<10).map { "missing\($0)" }).map { SHA256Digest(of: Array($0.utf8)) }
    }

    @Test func `assets are the same`() throws {
        let digests = digests
        let single = try test.catalog.read { reader in try digests.map { try reader.asset(sha256: $0) } }
        let together = try test.catalog.read { reader in
            try reader.fetchAhead(assets: digests + digests)
            return try digests.map { try reader.asset(sha256: $0) }
        }
        #expect(together == single)
        #expect(together.compactMap(\.self).count == Self.names.count)
    }

    @Test func `uploads are the same`() throws {
        let ids = Self.names + ["missing", ""]
        let single = try test.catalog.read { reader in try ids.map { try reader.uploads(of: $0) } }
        let together = try test.catalog.read { reader in
            try reader.fetchAhead(uploadsOf: ids)
            return try ids.map { try reader.uploads(of: $0) }
        }
        #expect(together == single)
        #expect(together.map(\.count) == Self.names.map { _ in 3 } + [0, 0])
    }

    @Test func `assets at their addresses are the same`() throws {
        let urls =
            Self.names.map { "https://cdn.example/\(SHA256Digest(of: Array($0.utf8)))" }
            + ["https://cdn.example/né", #"https://cdn.example/"q""#, "https://cdn.example/none", ""]
        try DatabaseQueue(path: test.path).write {
            // Two rows at one address; one that only its upload tells of; names that are no plain text in JSON.
            try $0.execute(
                sql: """
                    UPDATE file_assets SET remote_url = (SELECT remote_url FROM file_assets WHERE id = 'a6')
                    WHERE id = 'a5';
                    UPDATE file_assets SET remote_url = NULL WHERE id = 'a7';
                    UPDATE file_assets SET remote_url = 'https://cdn.example/né' WHERE id = 'a8';
                    UPDATE file_assets SET remote_url = 'https://cdn.example/"q"' WHERE id = 'a9'
                    """)
        }
        let single = try test.catalog.read { reader in try urls.map { try reader.asset(remoteURL: $0) } }
        let together = try test.catalog.read { reader in
            try reader.fetchAhead(assetsAt: urls + urls)
            return try urls.map { try reader.asset(remoteURL: $0) }
        }
        #expect(together == single)
        #expect(together.compactMap(\.self).count >= Self.names.count)
    }

    @Test func `roles that no document gave are the same`() throws {
        let entities = ["c1", "c2", "é", "e\u{301}", #"c"3"#].map { Entity(type: .chapter, id: $0) } + [.book("c1")]
        let mark = DocumentMark(book: "b1", kind: "chapter", document: "c1")
        let ids = Self.names + ["missing"]
        try test.catalog.write { writer in
            for (number, id) in Self.names.enumerated() {
                for entity in entities[..<(number % entities.count)] {
                    for role in ["gallery", "attachment"] {
                        _ = try writer.link(LinkSpec(assetID: id, entity: entity, role: role))
                    }
                }
                let order = LinkOrder(
                    mark: mark,
                    links: [.init(assetID: id, entity: Entity(type: .chapter, id: "c1"), role: "inline", sortOrder: 0)],
                    replacesCovers: false, removesOthers: false)
                _ = try writer.carryOut(order)
            }
        }
        let pairs = ids.flatMap { id in entities.map { (assetID: id, entity: $0) } }
        let single = try test.catalog.read { reader in
            try pairs.map { try reader.rolesWithoutMark(of: $0.assetID, for: $0.entity) }
        }
        let together = try test.catalog.read { reader in
            try reader.fetchAhead(unmarkedRolesOf: pairs + pairs)
            return try pairs.map { try reader.rolesWithoutMark(of: $0.assetID, for: $0.entity) }
        }
        #expect(together == single)
        #expect(together.count { $0 == ["attachment", "gallery"] } > 20)
    }

    @Test func `a read that fails leaves the catalog usable`() async throws {
        struct Failure: Error {}
        let id = Self.names[0]
        for _ in 0..<3 {
            #expect(throws: Failure.self) {
                try test.catalog.read { reader in
                    _ = try reader.asset(id: id)
                    throw Failure()
                }
            }
            #expect(throws: Failure.self) { try test.catalog.readBeside { _ in throw Failure() } }
            await #expect(throws: Failure.self) { try await test.catalog.readAsync { _ in throw Failure() } }
            #expect(try test.catalog.read { try $0.asset(id: id) } != nil)
            try test.catalog.write { try $0.touch(assetID: id) }
        }
    }

    @Test func `nothing is kept where the catalog changes meanwhile`() throws {
        let digests = digests
        try test.catalog.write { writer in
            try writer.reader.fetchAhead(assets: digests)
            try writer.insert(
                NewAsset(id: "late", sha256: digests[Self.names.count], ext: "png", mime: "image/png", size: 1))
            #expect(try writer.reader.asset(sha256: digests[Self.names.count])?.id == "late")
        }
    }

    /// An app's row without a digest stands before the one that can be read.
    @Test func `a row that cannot be read is passed over`() throws {
        let urls = Self.names.map { "https://cdn.example/of/\($0)" }
        try DatabaseQueue(path: test.path).write { database in
            for (number, name) in Self.names.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO file_assets (rowid, id, sha256, ext, mime, size_bytes, remote_url, status,
                            created_at, updated_at)
                        VALUES (?, ?, ?, 'png', 'image/png', 1, ?, 'uploaded', '1', '1')
                        """, arguments: [-1 - number, "broken\(number)", "no digest \(number)", urls[number]])
                try database.execute(
                    sql: "UPDATE file_assets SET remote_url = ? WHERE id = ?", arguments: [urls[number], name])
            }
        }
        let single = try test.catalog.read { reader in try urls.map { try reader.asset(remoteURL: $0) } }
        let together = try test.catalog.read { reader in
            try reader.fetchAhead(assetsAt: urls)
            return try urls.map { try reader.asset(remoteURL: $0) }
        }
        #expect(single.map(\.?.id) == Self.names)
        #expect(together == single)
    }
}
