import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinSync
import TipinTestSupport

/// `assets verify`: rows, files, digests.
struct VerifyRunTests {
    /// A book whose pictures 1 and 2 are in the store and, with a remote, there too.
    private func book(hasRemote: Bool = true, stored: [Int] = [1, 2]) async throws -> TestBook {
        var book = try TestBook(hasRemote: hasRemote)
        book.images = HeaderImages()
        if hasRemote {
            try await book.upload(stored.map { Picture($0) })
        } else {
            try await book.store(stored.map { Picture($0) })
        }
        return book
    }

    @Test func `a store that is whole is left as it is`() async throws {
        let book = try await book()
        let before = book.manifest(below: "data")
        let report = try await book.verify { $0.readsData = true }
        #expect(report.status == .success)
        #expect(report.findings.isEmpty)
        #expect((report.assets, report.files, report.filesRead) == (2, 2, 2))
        #expect(report.bytesRead == Picture(1).bytes.count + Picture(2).bytes.count)
        #expect(book.manifest(below: "data") == before)
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Whether only reading the bytes shows it.
        var hides = false
        let change: @Sendable ([UInt8]) -> [UInt8]
    }

    /// RELIABILITY F11: 64 flipped bits, cut, grown, zeroed, another picture's bytes.
    static let damages =
        (0..<64).map { number in
            Damage(testDescription: "bit \(number) flipped", hides: true) { bytes in
                var bytes = bytes
                bytes[number * 7919 % bytes.count] ^= 1 << (number % 8)
                return bytes
            }
        } + [
            Damage(testDescription: "cut by a byte") { Array($0.dropLast()) },
            Damage(testDescription: "a byte longer") { $0 + [0] },
            Damage(testDescription: "empty") { _ in [] },
            Damage(testDescription: "zeroes", hides: true) { [UInt8](repeating: 0, count: $0.count) },
            Damage(testDescription: "another picture's bytes", hides: true) { _ in Picture(2).bytes },
        ]

    @Test(arguments: damages) func `is found, set aside and fetched again`(_ damage: Damage) async throws {
        let book = try await book()
        let spoilt = damage.change(Picture(1).bytes)
        try book.spoil(Picture(1), with: spoilt)
        let quick = try await book.verify { $0.isDryRun = true }
        #expect(quick.codes == (damage.hides ? [] : ["blob-damaged"]))
        #expect(quick.status == (damage.hides ? .success : .failure))
        #expect(book.setAside.isEmpty)
        let report = try await book.verify { $0.readsData = true }
        #expect(report.status == .success)
        #expect(report.codes == ["blob-damaged"])
        #expect((report.mended, report.lost) == (1, 0))
        #expect(Array(book.setAside.values) == [spoilt])
        #expect(try book.temporary.read("data/books/b1/files/\(Picture(1).sha256)/original.png") == Picture(1).bytes)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `a part of the digests is read, the same in every run`() async throws {
        let book = try await book(stored: Array(1...12))
        var read: [Int] = []
        for part in 1...3 {
            let subset = DigestSubset("\(part)/3")
            let counts = try await [
                book.verify { ($0.readsData, $0.subset) = (true, subset) }.filesRead,
                book.verify { ($0.readsData, $0.subset) = (true, subset) }.filesRead,
            ]
            #expect(counts[0] == counts[1])
            read.append(counts[0])
        }
        #expect(read.reduce(0, +) == 12)
        #expect(read.allSatisfy { $0 < 12 })
        for text in ["0/3", "4/3", "1/0", "1", "a/b", "1/2/3", "-1/2", ""] { #expect(DigestSubset(text) == nil) }
    }

    @Test func `bytes come back from another book`() async throws {
        let book = try await book(hasRemote: false)
        try await book.store([Picture(1)], book: "b2")
        // Two names of one file are damaged together; a copy is a file of its own.
        try book.spoil(Picture(1), with: [1, 2, 3])
        let report = try await book.verify()
        #expect(report.mended == 1 && report.status == .success)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        #expect(Array(book.setAside.values) == [[1, 2, 3]])
    }

    @Test func `bytes come back from a folder that is searched`() async throws {
        let book = try await book(hasRemote: false)
        try book.removeBlob(Picture(1))
        try book.temporary.write(Picture(1).bytes, to: "attic/deep/some.png")
        let attic = book.temporary.path + "/attic"
        let report = try await book.verify { $0.searchFolders = [attic] }
        #expect(report.codes == ["blob-missing"])
        #expect(report.status == .success && report.mended == 1)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `what is lost is named with what uses it, and no row says it is here`() async throws {
        let book = try await book(hasRemote: false)
        let manifest = "{" + Chapter.entry(1) + "}"
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: manifest))
        try await book.run(.migrate)
        try book.withCatalog { catalog in
            _ = try catalog.write {
                try $0.link(LinkSpec(assetID: Picture(1).id, entity: .init(type: .world, id: "w1"), role: "map"))
            }
        }
        try book.removeBlob(Picture(1))
        let report = try await book.verify { $0.documents = [book.path] }
        #expect(report.status == .failure && report.lost == 1)
        let finding = try #require(report.findings.first)
        #expect(finding.assetID == Picture(1).id)
        #expect(
            finding.users == [
                "in \(book.path)/c1.json:1 /content/content/0/attrs/assetId",
                "as attachment of chapter 'c1', by chapter 'c1'",
                "as map of world 'w1'",
            ])
        let row = try book.withCatalog { catalog in
            try catalog.read { (try $0.asset(id: Picture(1).id), try $0.path(of: Picture(1).id, inBook: "b1")) }
        }
        #expect(row.0?.localPath == nil && row.1 == nil)
        // It stays lost, and is said again.
        #expect(try await book.verify().codes == ["blob-missing"])
        try book.write(Picture(1), to: "again.png")
        try book.write(Chapter.text(#"{"src":"again.png"}"#, id: "c2"), to: "c2.json")
        try await book.run(.migrate, ["c2.json"])
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `bytes that are only at the remote are no fault`() async throws {
        let book = try await book()
        try book.withCatalog { catalog in
            try catalog.write { writer in try writer.forgetPath(assetID: Picture(1).id, bookID: "b1") }
        }
        try book.removeBlob(Picture(1))
        let report = try await book.verify { $0.readsData = true }
        #expect(report.findings.isEmpty)
        #expect((report.elsewhere, report.unasked) == (1, 0))
    }

    @Test func `paths of a data folder that was moved are corrected`() async throws {
        var book = try await book()
        try FileManager.default.moveItem(atPath: book.dataPath, toPath: book.temporary.path + "/moved")
        book.settings.dataFolder = book.temporary.path + "/moved"
        let report = try await book.verify()
        #expect(report.findings.isEmpty)
        let paths = try book.withCatalog { catalog in try catalog.read { try $0.assets().map(\.localPath) } }
        #expect(Set(paths) == [book.blobPath(Picture(1)), book.blobPath(Picture(2))])
        #expect(try await book.verify().correctedPaths == 0)
    }

    @Test func `what does not belong there is named and left alone`() async throws {
        let book = try await book()
        let place = "data/books/b1/files/\(Picture(1).sha256)"
        try book.temporary.write("x", to: place + "/notes.txt")
        try book.temporary.write("x", to: "data/books/b1/files/short/original.png")
        try book.temporary.write("x", to: "data/books/b1/else/x")
        try book.temporary.write(Picture(3).bytes, to: "data/books/b1/files/\(Picture(3).sha256)/original.png")
        try book.temporary.write("x", to: "data/tmp/gone.1.999999999.1-1-abc")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -200_000)],
            ofItemAtPath: book.dataPath + "/tmp/gone.1.999999999.1-1-abc")
        mkfifo(book.dataPath + "/books/b1/files/\(Picture(2).sha256)/thumb_256.webp", 0o600)
        symlink("/etc", book.dataPath + "/books/b9")
        let before = book.manifest(below: "data")
        let report = try await book.verify { $0.isDryRun = true }
        #expect(book.manifest(below: "data") == before)
        #expect(report.status == .success)
        #expect(report.unlisted == 1)
        let strays = report.findings.filter { $0.problem.code == .strayFile }.compactMap(\.path)
        #expect(
            strays.sorted()
                == [
                    "books/b1/else", "books/b1/files/\(Picture(1).sha256)/notes.txt",
                    "books/b1/files/\(Picture(2).sha256)/thumb_256.webp", "books/b1/files/short", "books/b9",
                    "tmp/gone.1.999999999.1-1-abc",
                ].sorted())
        // Opening the store for writing clears away what runs left that are no more.
        #expect(!(try await book.verify()).findings.contains { $0.path?.hasPrefix("tmp/") == true })
    }

    @Test func `a link in a blob's place is moved aside, and what it leads to stays`() async throws {
        let book = try await book()
        let outside = try book.temporary.write(Picture(1).bytes, to: "outside.png")
        try book.removeBlob(Picture(1))
        symlink(outside, book.blobPath(Picture(1)))
        let report = try await book.verify()
        #expect(report.codes == ["blob-damaged"] && report.status == .success)
        #expect(try book.temporary.read("outside.png") == Picture(1).bytes)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `a remote that cannot be reached now is tried later`() async throws {
        var book = try await book()
        try book.removeBlob(Picture(1))
        book.remote = UnreachableRemote()
        let report = try await book.verify()
        #expect(report.status == .incomplete)
        #expect((report.lost, report.unfetched) == (0, 1))
        book.remote = nil
        #expect(try await book.verify().status == .success)
    }

    @Test func `a wrong number of bytes in the catalog is corrected, and the picture stays`() async throws {
        let book = try await book()
        try book.withCatalog { catalog in try catalog.write { try $0.setSize(assetID: Picture(1).id, 5) } }
        let told = try await book.verify { $0.isDryRun = true }
        #expect((told.status, told.codes) == (.success, ["size-mismatch"]))
        let report = try await book.verify()
        #expect((report.status, report.codes) == (.success, ["size-mismatch"]))
        #expect((report.lost, report.mended) == (0, 0))
        #expect(book.setAside.isEmpty)
        let size = try book.withCatalog { try $0.read { try $0.asset(id: Picture(1).id)?.size } }
        #expect(size == Picture(1).bytes.count)
        #expect(try await book.verify().findings.isEmpty)
    }

    @Test func `folders are searched once, however many pictures are missing`() async throws {
        let book = try await book(hasRemote: false, stored: [1, 2, 3])
        for number in 1...3 { try FileManager.default.removeItem(atPath: book.blobPath(Picture(number))) }
        try book.temporary.write(Picture(9).bytes, to: "found/other.png")
        let watch = inotify_init1(O_NONBLOCK)
        defer { close(watch) }
        #expect(inotify_add_watch(watch, book.temporary.path + "/found/other.png", UInt32(IN_OPEN)) >= 0)
        _ = try await book.verify { $0.searchFolders = [book.temporary.path + "/found"] }
        var events = [UInt8](repeating: 0, count: 4096)
        // Each event of a file that is watched itself has no name: 16 bytes.
        #expect(read(watch, &events, events.count) == 16)
    }

    // MARK: What the remote lost too

    /// Takes picture 1 away, here and at the remote.
    private func lose(_ book: TestBook, damages: Bool) throws {
        if damages {
            try book.spoil(Picture(1), with: Picture(2).bytes)
        } else {
            try book.removeBlob(Picture(1))
        }
        if book.settings.remote != nil, book.remote == nil {
            try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        }
    }

    enum Place: CaseIterable { case nowhere, folder, server }

    @Test(arguments: Place.allCases, [false, true])
    func `what is lost stays lost in every run, until a folder that is searched has it`(
        place: Place, damages: Bool
    ) async throws {
        var book = try TestBook(hasRemote: place != .nowhere)
        book.images = HeaderImages()
        if place == .server { book.remote = StubRemote() }
        try await book.store([Picture(1), Picture(2)])
        if place != .nowhere { try await book.syncAll() }
        try lose(book, damages: damages)
        (book.remote as? StubRemote)?.answer(.missing)
        for round in 1...3 {
            let report = try await book.verify { $0.readsData = damages && round == 1 }
            #expect(report.codes == [damages && round == 1 ? "blob-damaged" : "blob-missing"])
            #expect((report.status, report.lost, report.elsewhere) == (.failure, 1, 0))
            let notes = report.findings.flatMap(\.problem.notes)
            #expect(!notes.contains { $0.contains(book.blobPath(Picture(1))) }, "\(notes)")
        }
        #expect(try await book.verify { $0.isDryRun = true }.lost == 1)
        try book.temporary.write(Picture(1).bytes, to: "attic/deep/some.png")
        let attic = book.temporary.path + "/attic"
        let report = try await book.verify { $0.searchFolders = [attic] }
        #expect((report.codes, report.status, report.mended) == (["blob-missing"], .success, 1))
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        if place == .server { (book.remote as? StubRemote)?.answer(nil) }
        guard place != .nowhere else { return }
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        let published = try await book.run(.publish)
        #expect((published.status, published.uploads) == (.success, 1))
    }

    @Test func `bytes come back from where clean-up had moved them`() async throws {
        let book = try await book(hasRemote: false)
        let removed = "data/removed/\(Picture(1).sha256)/original.png"
        try book.temporary.write(Picture(1).bytes, to: removed)
        try book.removeBlob(Picture(1))
        let report = try await book.verify()
        #expect((report.codes, report.status) == (["blob-missing"], .success))
    }

    // MARK: What cannot be reached

    @Test func `a book's folder that is a link is named, and the other books are looked at`() async throws {
        let book = try await book(hasRemote: false)
        try await book.store([Picture(3)], book: "b2")
        try FileManager.default.moveItem(
            atPath: book.dataPath + "/books/b1", toPath: book.temporary.path + "/elsewhere")
        #expect(symlink(book.temporary.path + "/elsewhere", book.dataPath + "/books/b1") == 0)
        try book.spoil(Picture(3), book: "b2", with: Picture(2).bytes)
        let report = try await book.verify { $0.readsData = true }
        #expect(report.codes == ["blob-damaged", "data-folder-unusable", "data-folder-unusable", "stray-file"])
        #expect((report.status, report.lost) == (.failure, 1))
        #expect(try book.temporary.read("elsewhere/files/\(Picture(1).sha256)/original.png") == Picture(1).bytes)
        // Nothing was forgotten of what could not be looked at.
        unlink(book.dataPath + "/books/b1")
        try FileManager.default.moveItem(
            atPath: book.temporary.path + "/elsewhere", toPath: book.dataPath + "/books/b1")
        #expect(try await book.verify { $0.readsData = true }.codes == ["blob-missing"])
    }

    @Test func `a lock that cannot be taken is a fault of the data folder`() async throws {
        let book = try await book()
        try FileManager.default.removeItem(atPath: book.dataPath + "/import.lock")
        #expect(symlink("elsewhere", book.dataPath + "/import.lock") == 0)
        await #expect { try await book.verify() } throws: { $0.problem.code == .dataFolderUnusable }
    }
}
