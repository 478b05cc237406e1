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

    @Test func `nothing is kept where the catalog changes meanwhile`() throws {
        let digests = digests
        try test.catalog.write { writer in
            try writer.reader.fetchAhead(assets: digests)
            try writer.insert(
                NewAsset(id: "late", sha256: digests[Self.names.count], ext: "png", mime: "image/png", size: 1))
            #expect(try writer.reader.asset(sha256: digests[Self.names.count])?.id == "late")
        }
    }
}
