import GRDB
import Testing
import TipinAssets
import TipinDocument
import TipinFiles

struct CatalogCleaningTests {
    private let test: TestCatalog
    private static let day: Int64 = 86_400_000

    init() throws { test = try TestCatalog() }

    private func unused() throws -> [UnusedAsset] {
        try test.catalog.read { reader in
            var found: [UnusedAsset] = []
            try reader.forEachUnusedAsset { found.append($0) }
            return found
        }
    }

    private func evictable(over limit: Int = 0) throws -> [String] {
        try test.catalog.read { reader in
            var queue = try reader.evictionQueue(exceeding: limit)
            return try reader.assets(of: queue.next(.max)).map(\.id)
        }
    }

    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: test.path)
        try queue.write { try $0.execute(sql: sql) }
    }

    private func key(_ asset: String, _ book: String = "b1") -> UploadKey {
        UploadKey(assetID: asset, bookID: book, remote: "r")
    }

    @Test func `thumbnails of an asset that an app removed are forgotten`() throws {
        try test.add("a")
        try test.add("b")
        let thumbnail = Thumbnail(size: 64, ext: "webp", width: 64, height: 1, sha256: SHA256Digest(of: [1]))
        try test.catalog.write { writer in
            for id in ["a", "b"] { try writer.recordThumbnail(thumbnail, assetID: id) }
        }
        try execute("DELETE FROM file_assets WHERE id = 'a'")
        try test.catalog.write { try $0.forgetStrayThumbnails() }
        let known = try test.catalog.read { reader in try ["a", "b"].map { try reader.thumbnails(of: $0) } }
        #expect(known == [[], [thumbnail]])
        try test.catalog.write { try $0.forgetThumbnail(64, assetID: "b") }
        #expect(try test.catalog.read { try $0.thumbnails(of: "b") } == [])
    }

    // MARK: Unused

    struct Use: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (CatalogWriter) throws -> Void
    }

    static let uses = [
        Use(testDescription: "a link") { try $0.link(LinkSpec(assetID: "a", entity: .book("b1"), role: "map")) },
        Use(testDescription: "a plan") { try $0.recordPlan("p", assetIDs: ["a"]) },
        Use(testDescription: "an upload that waits") {
            try $0.enqueueUpload(assetID: "a", bookID: "b1", remote: "r")
        },
        Use(testDescription: "a copy at a remote, of another book than the owner's") {
            let key = UploadKey(assetID: "a", bookID: "b2", remote: "r")
            try $0.markUploaded(key, remoteID: nil, remoteURL: "https://cdn.example/a")
        },
        Use(testDescription: "an upload in work that failed before") {
            let key = UploadKey(assetID: "a", bookID: "b1", remote: "r")
            try $0.enqueueUpload(assetID: "a", bookID: "b1", remote: "r")
            try $0.markFailed(key, words: "w", code: "c", isTransient: true)
            #expect(try $0.takeLease(key, token: "t", seconds: 60))
        },
    ]

    @Test(arguments: uses) func `an asset is used by`(_ use: Use) throws {
        try test.add("a")
        #expect(try unused().map(\.id) == ["a"])
        try test.catalog.write(use.make)
        #expect(try unused().isEmpty)
        let asset = UnusedAsset(id: "a", sha256: SHA256Digest(of: Array("a".utf8)), size: 7, lastUse: nil)
        #expect(try test.catalog.write { try $0.removeUnused(asset) } == .needed)
        #expect(try test.catalog.read { try $0.asset(id: "a") } != nil)
    }

    @Test func `what was refused by the remote and is not linked is unused`() throws {
        try test.add("a")
        try test.catalog.write { writer in
            try writer.enqueueUpload(assetID: "a", bookID: "b1", remote: "r")
            try writer.markFailed(key("a"), words: "w", code: "c", isTransient: false)
        }
        #expect(try unused().map(\.id) == ["a"])
    }

    @Test func `a plan keeps for ninety days, and a lease until its time is up`() throws {
        try test.add("a")
        try test.catalog.write { try $0.recordPlan("p", assetIDs: ["a"]) }
        test.time.advance(milliseconds: 90 * Self.day - 1)
        #expect(try unused().isEmpty)
        test.time.advance(milliseconds: 2)
        #expect(try unused().map(\.id) == ["a"])
    }

    @Test func `a table of the app's that refers to assets keeps them`() throws {
        for name in ["a", "b"] { try test.add(name) }
        try execute(
            """
            CREATE TABLE "my ""boards" (id INTEGER PRIMARY KEY,
                "picture ""of" TEXT REFERENCES file_assets(id) ON DELETE CASCADE);
            INSERT INTO "my ""boards" VALUES (1, 'a');
            """)
        #expect(try unused().map(\.id) == ["b"])
        let columns = try test.catalog.read { try $0.foreignKeys(naming: "a") }
        #expect(columns.map(\.table) == [#"my "boards"#])
        #expect(columns.map(\.column) == [#"picture "of"#])
        #expect(try test.catalog.read { try $0.foreignKeys(naming: "b") } == [])
    }

    @Test(arguments: ["", " ON DELETE CASCADE"])
    func `so does one that refers to their digests`(rule: String) throws {
        let digest = try test.add("a").sha256
        try test.add("b")
        try execute(
            """
            CREATE TABLE boards (picture TEXT REFERENCES file_assets(sha256)\(rule));
            INSERT INTO boards VALUES ('\(digest)');
            """)
        #expect(try unused().map(\.id) == ["b"])
        #expect(try !test.catalog.write { try $0.removeUnused("a") })
        #expect(try test.catalog.read { try $0.foreignKeys(naming: "a").map(\.column) } == ["picture"])
    }

    @Test func `what a rule of the app's keeps stays, and what was changed before it is kept`() throws {
        for name in ["a", "b"] { try test.add(name) }
        try execute(
            """
            CREATE TRIGGER keep BEFORE DELETE ON file_assets WHEN old.id = 'a' BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        let unused = try unused()
        let removals = try test.catalog.write { writer in try unused.map { try writer.removeUnused($0) } }
        #expect(
            Dictionary(uniqueKeysWithValues: zip(unused.map(\.id), removals)) == ["a": .refused("no"), "b": .removed])
        #expect(try test.catalog.read { try $0.assets().map(\.id) } == ["a"])
    }

    @Test func `the tables that are shared are known in any case`() throws {
        try execute(
            """
            ALTER TABLE file_asset_links RENAME TO other; ALTER TABLE other RENAME TO File_Asset_Links;
            CREATE TABLE boards (picture TEXT);
            """)
        #expect(try test.catalog.read { try $0.otherTables() } == ["boards"])
    }

    @Test func `gives every value of the app's own, and none of ours`() throws {
        try test.add("a")
        try execute(
            """
            ALTER TABLE file_assets ADD COLUMN variant_of TEXT;
            UPDATE file_assets SET variant_of = 'b';
            CREATE TABLE "no ""rowid" (k TEXT PRIMARY KEY, v, n INTEGER) WITHOUT ROWID;
            INSERT INTO "no ""rowid" VALUES ('key', x'616263', 7);
            CREATE VIRTUAL TABLE search USING fts5(body);
            """)
        var found: Set<String> = []
        try test.catalog.read { reader in
            try reader.forEachAppValue { place, row, value in
                guard !place.table.hasPrefix("search") else { return }
                let words =
                    switch value {
                    case .text(let text): String(decoding: text, as: UTF8.self)
                    case .bytes(let bytes): "bytes " + String(decoding: bytes, as: UTF8.self)
                    case .number(let number): "number \(number)"
                    }
                found.insert("\(place.table).\(place.column) \(row ?? "-") \(words)")
            }
        }
        #expect(
            found == [
                "file_assets.variant_of a b", #"no "rowid.k - key"#, #"no "rowid.v - bytes abc"#,
                #"no "rowid.n - number 7"#,
            ])
    }

    @Test(
        arguments: [
            ("2023-11-14T22:13:20.000Z", 1_700_000_000_000), ("2023-11-14 22:13:20", 1_700_000_000_000),
            ("1700000000", nil), ("1", nil), ("", nil), ("yesterday", nil),
        ] as [(String, Int64?)])
    func `reads times that an app wrote`(text: String, time: Int64?) throws {
        try test.add("a")
        try execute("UPDATE file_assets SET created_at = '\(text)', updated_at = '\(text)'; DELETE FROM tipin_access")
        #expect(try unused().map(\.lastUse) == [time])
        #expect(try test.catalog.read { try $0.milliseconds(of: text) } == time)
    }

    @Test func `the last use is the latest of making, changing, linking and using`() throws {
        try test.add("a")
        let start = try #require(try unused().first?.lastUse)
        #expect(start == test.time.clock.now())
        test.time.advance(milliseconds: Self.day)
        try test.catalog.write { writer in
            let hero = Entity.character("hero")
            try writer.link(LinkSpec(assetID: "a", entity: hero, role: "avatar"))
            try writer.unlink(assetID: "a", entity: hero, role: "avatar")
        }
        #expect(try unused().first?.lastUse == start + Self.day)
        test.time.advance(milliseconds: -10 * Self.day)
        try test.catalog.write { try $0.touch(assetID: "a") }
        #expect(try unused().first?.lastUse == start + Self.day)
        #expect(try test.catalog.read { try $0.lastUse(of: "a") } == start + Self.day)
    }

    @Test func `removing takes all that is known of the asset`() throws {
        let asset = try test.add("a")
        try test.add("b")
        try test.catalog.write { writer in
            try writer.recordSource(
                sourceSHA256: SHA256Digest(of: [1]), assetID: "a", rule: .stripGPS, stripperVersion: 1)
            try writer.recordSourceURL("https://old.example/a", assetID: "a")
            try writer.setAlias(id: "mine", book: "b1", document: "c1", assetID: "a")
            try writer.touch(assetID: "a")
        }
        let found = try #require(try unused().first { $0.id == "a" })
        #expect(found.sha256 == asset.sha256)
        #expect(try test.catalog.write { try $0.removeUnused(found) } == .removed)
        #expect(try test.catalog.write { try $0.removeUnused(found) } == .needed)
        let queue = try DatabaseQueue(path: test.path)
        for table in ["asset_facts", "sources", "source_urls", "asset_ids", "books", "uploads", "access", "evicted"] {
            let sql = "SELECT count(*) FROM tipin_\(table) WHERE asset_id = 'a'"
            #expect(try queue.read { try Int.fetchOne($0, sql: sql) } == 0, "\(table)")
        }
        #expect(try test.catalog.read { try $0.assets().map(\.id) } == ["b"])
    }

    // MARK: Evicting

    @Test func `only what is uploaded everywhere and served can be evicted, longest unused first`() throws {
        for name in ["local", "waiting", "half", "nowhere", "old", "new"] { try test.add(name) }
        try test.catalog.write { writer in
            try writer.enqueueUpload(assetID: "waiting", bookID: "b1", remote: "r")
            for name in ["half", "old", "new"] {
                try writer.markUploaded(key(name), remoteID: "1", remoteURL: "https://cdn.example/\(name)")
            }
            try writer.enqueueUpload(assetID: "half", bookID: "b2", remote: "r")
            try writer.markUploaded(key("nowhere"), remoteID: "1", remoteURL: nil)
        }
        test.time.advance(milliseconds: Self.day)
        try test.catalog.write { try $0.touch(assetID: "new") }
        #expect(try evictable() == ["old", "new"])
        #expect(try evictable(over: 13) == ["old"])
        #expect(try evictable(over: 14) == [])
    }

    @Test func `what stays after all is made up for by the next`() throws {
        for name in ["a", "b", "c"] {
            try test.add(name)
            try test.catalog.write { writer in
                try writer.markUploaded(key(name), remoteID: nil, remoteURL: "https://cdn.example/\(name)")
            }
            test.time.advance(milliseconds: Self.day)
        }
        try test.catalog.read { reader in
            var queue = try reader.evictionQueue(exceeding: 14)
            let first = try reader.assets(of: queue.next(2))
            #expect(first.map(\.id) == ["a"])
            #expect(queue.next(2).isEmpty)
            queue.keep(first[0].size)
            #expect(try reader.assets(of: queue.next(2)).map(\.id) == ["b"])
        }
    }

    @Test(arguments: [Int.max, .max - 8, -1, .min]) func `a size that no file has breaks no sum`(size: Int) throws {
        for name in ["a", "b", "c"] {
            try test.add(name)
            try test.catalog.write { writer in
                try writer.markUploaded(key(name), remoteID: nil, remoteURL: "https://cdn.example/\(name)")
            }
        }
        try execute("UPDATE file_assets SET size_bytes = \(size)")
        for limit in [0, 1, Int.max, .min] {
            try test.catalog.read { reader in
                var queue = try reader.evictionQueue(exceeding: limit)
                for candidate in try reader.assets(of: queue.next(.max)) { queue.keep(candidate.size) }
                for _ in 0..<3 { queue.keep(.max) }
            }
        }
        #expect(try evictable(over: .max) == [])
        #expect(try evictable(over: 0).count == (size > 0 ? 3 : 0))
        let known = try test.catalog.read { try $0.asset(id: "a") }
        #expect((0...1 << 44).contains(try #require(known?.size)))
    }

    @Test func `what an app uploaded can be evicted, and keeps its book`() throws {
        try test.add("a", book: nil)
        let digest = SHA256Digest(of: Array("a".utf8))
        try execute(
            """
            UPDATE file_assets SET status = 'uploaded', remote_url = 'https://cdn.example/a',
                local_path = '/app/books/b7/files/\(digest)/original.png'
            """)
        let asset = UnusedAsset(id: "a", sha256: digest, size: 7, lastUse: nil)
        #expect(try test.catalog.write { try $0.evict(asset) })
        try test.catalog.read { (reader: CatalogReader) throws in
            #expect(try reader.asset(id: "a")?.localPath == nil)
            #expect(try reader.books(of: "a") == ["b7"])
            #expect(try reader.isEvicted("a"))
            #expect(try reader.evictedAssets().map(\.sha256) == [digest])
        }
        #expect(try evictable() == [])
        #expect(try !test.catalog.write { try $0.evict(asset) })
    }

    @Test func `a use in the future counts as one now`() throws {
        for name in ["future", "now"] {
            try test.add(name)
            try test.catalog.write { writer in
                try writer.markUploaded(key(name), remoteID: nil, remoteURL: "https://cdn.example/\(name)")
            }
        }
        test.time.advance(milliseconds: 3650 * Self.day)
        try test.catalog.write { try $0.touch(assetID: "future") }
        test.time.advance(milliseconds: -3650 * Self.day)
        try test.catalog.write { try $0.touch(assetID: "now") }
        #expect(try evictable() == ["future", "now"])
    }
}
