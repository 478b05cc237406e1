import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 3, 3: bytes that are known by their digest and not here.
struct RecoveryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var command = TestBook.Command.migrate
        /// What the manifest's entry tells beside id, digest and size.
        var told = ""
        var searches = false
        /// Puts the bytes of picture 1 somewhere.
        let place: @Sendable (inout TestBook) async throws -> Void
    }

    static let cases = [
        Case(testDescription: "a blob without a row") { book in
            try book.temporary.write(Picture(1).bytes, to: "data/books/b1/files/\(Picture(1).sha256)/original.png")
        },
        Case(testDescription: "another book's blob") { book in try await book.store([Picture(1)], book: "b2") },
        Case(testDescription: "a localPath below a root", told: #","localPath":"old/one.png""#) { book in
            try book.write(Picture(1), to: "old/one.png")
        },
        Case(testDescription: "our remote, for sync", command: .sync, told: #","remoteUrl":"$url1""#) { book in
            try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        },
        Case(testDescription: "our remote, for publish", command: .publish, told: #","remoteUrl":"$url1""#) { book in
            try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        },
        Case(
            testDescription: "a legacy address below the media root",
            told: #","remoteUrl":"https://old.example/up/1.png""#
        ) { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/up/1.png")
        },
        Case(testDescription: "a folder that is searched", searches: true) { book in
            try book.temporary.write(Picture(2).bytes, to: "attic/other.png")
            try book.temporary.write(Picture(1).bytes, to: "attic/deep/whatever.bin")
        },
        Case(testDescription: "a source address that the catalog remembers") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/1.png")
            try book.write(Chapter.text(#"{"src":"https://old.example/1.png"}"#, id: "c0"), to: "c0.json")
            #expect(try await book.run(.migrate, ["c0.json"]).importedAssets == 1)
            try book.removeBlob(Picture(1))
        },
    ]

    @Test(arguments: cases) func `missing bytes come back from`(_ found: Case) async throws {
        var book = try TestBook()
        try await found.place(&book)
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, found.told) + "}"))
        let search = found.searches ? [book.temporary.path + "/attic"] : []
        let report = try await book.run(found.command, ["c1.json"]) { $0.searchFolders = search }
        #expect(report.codes.isEmpty)
        #expect(report.status == .success)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        let row = try book.withCatalog { try $0.read { try $0.asset(id: Picture(1).id) } }
        #expect(row?.sha256.description == Picture(1).sha256)
    }

    @Test func `bytes that are nowhere are an error and the mention stays`() async throws {
        let book = try TestBook()
        let told = #","localPath":"old/one.png","remoteUrl":"https://old.example/1.png""#
        let text = Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, told) + "}")
        try book.write(text)
        try book.write(Picture(2), to: "old/one.png")
        var offline = book
        offline.settings.legacyRoots["old.example"] = book.temporary.path + "/served"
        try book.temporary.write(Picture(3).bytes, to: "served/1.png")
        let report = try await offline.run(.migrate)
        #expect(report.codes == ["blob-missing"])
        #expect(report.status == .failure)
        let notes = try #require(report.problems(.blobMissing).first).notes
        #expect(notes.count { $0.contains("leads to other bytes") } == 2)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `each place that was looked at is named once, with the reason`() async throws {
        var book = try TestBook()
        book.settings.mediaRoot = book.temporary.path + "/media"
        try await book.upload([Picture(1)])
        try book.removeBlob(Picture(1))
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        let problem = try #require(try await book.run(.sync).problems(.blobMissing).first)
        let places = problem.notes.dropFirst()
        #expect(places.count >= 2)
        for note in places {
            let parts = note.matches(of: /'([^']*)'/).map { String($0.1) }
            #expect(Set(parts).count == parts.count, "\(note) names its place twice")
            #expect(note.contains(/' (does not|leads|answered)|': [a-z]/), "\(note) has no reason")
        }
        // Of the commands that look for bytes not all have the flag.
        #expect(problem.help.allSatisfy { !$0.contains("--search") || $0.contains("tipin migrate --search") })
    }

    @Test func `each document is told of the asset by the name that it has there`() async throws {
        let book = try TestBook(hasRemote: false)
        for name in ["m1", "x1"] {
            let entry = #"{"\#(name)":{"assetId":"\#(name)","sha256":"$sha1"}}"#
            try book.write(Chapter.text(#"{"assetId":"\#(name)"}"#, id: name, manifest: entry), to: name + ".json")
        }
        let lost = try await book.run(.migrate).diagnostics.filter { $0.code == .blobMissing }
        #expect(lost.map { $0.place?.file.suffix(7) } == ["m1.json", "x1.json"])
        let digest = Picture(1).sha256
        #expect(
            lost.map { $0.problem.notes.first } == [
                "asset 'm1', SHA-256 \(digest)", "asset 'x1', SHA-256 \(digest)",
            ])
    }

    @Test func `recovered bytes are stored as they are`() async throws {
        let book = try TestBook()
        let picture = Picture(positioned: 1)
        let entry = #"{"mine":{"assetId":"mine","sha256":"\#(picture.sha256)"}}"#
        try book.write(Chapter.text(#"{"assetId":"mine"}"#, manifest: entry))
        try book.temporary.write(picture.bytes, to: "attic/1.png")
        let report = try await book.run(.migrate) { $0.searchFolders = [book.temporary.path + "/attic"] }
        #expect(report.codes.isEmpty)
        #expect(FileManager.default.contents(atPath: book.blobPath(picture)) == Data(picture.bytes))
    }

    @Test func `an address at our remote is as good as bytes until it is published`() async throws {
        let book = try TestBook()
        let text = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        try book.write(text)
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read() == book.expanded(text))
        let report = try await book.run(.publish)
        #expect(report.codes == ["blob-missing", "document-not-published"])
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `a dead file beside an address at our remote gives way to it`() async throws {
        let book = try TestBook()
        let manifest = "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}"
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"gone.png"}"#, manifest: manifest))
        #expect(try await book.run(.migrate).codes == ["src-unchecked"])
        #expect(
            try book.read() == book.expanded(Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: manifest)))
    }

    @Test func `what documents tell of waits for sync`() async throws {
        let book = try TestBook()
        let text = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        try book.write(text)
        try await book.run(.migrate)
        try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        let report = try await book.syncAll()
        #expect((report.downloads, report.uploads) == (1, 0))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        let again = try await book.syncAll()
        #expect((again.downloads, again.uploads) == (0, 0))
    }

    @Test func `a row whose file is gone is fetched again by sync`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.removeBlob(Picture(1))
        #expect(try await book.syncAll().downloads == 1)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    @Test func `an address that is only told takes no working one's place`() async throws {
        let book = try TestBook()
        try book.write(Picture(1), to: "one.png")
        let entry = #"{"sha256":"$sha1","localPath":"one.png","remoteUrl":"https://cdn.example/books/b1/gone.png"}"#
        let text =
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":"#
            + #"{"assetId":"x","src":"https://cdn.example/books/b1/works.png"}}]},"fileRefs":{"x":\#(entry)}}"#
        try book.write(text)
        try await book.run(.migrate) { $0.preference = .catalog }
        #expect(try book.read().contains(#""src":"https://cdn.example/books/b1/works.png""#))
        let digest = try #require(SHA256Digest(Picture(1).sha256))
        #expect(try book.withCatalog { try $0.read { try $0.asset(sha256: digest) } } != nil)
    }

    // MARK: What the remote lost too

    private func lostBook(_ remote: StubRemote? = nil) async throws -> TestBook {
        var book = try TestBook()
        book.remote = remote
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.publish).status == .success)
        try book.removeBlob(Picture(1))
        if remote == nil { try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1))) }
        remote?.answer(.missing)
        try book.temporary.write(Picture(1).bytes, to: "attic/1.png")
        return book
    }

    @Test(arguments: [TestBook.Command.migrate, .publish], [false, true])
    func `what is lost at both ends comes back from a folder that is searched`(
        _ command: TestBook.Command, isServer: Bool
    ) async throws {
        let remote = isServer ? StubRemote() : nil
        let book = try await lostBook(remote)
        let text = try book.read()
        if command == .publish { remote?.answer(nil) }
        let report = try await book.run(command) { $0.searchFolders = [book.temporary.path + "/attic"] }
        #expect(report.codes == [])
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        #expect(try book.read() == text)
        remote?.answer(nil)
        #expect(try await book.run(.publish).status == .success)
    }

    @Test func `what is lost at both ends is named by migrate, and nothing is changed`() async throws {
        let book = try await lostBook()
        let text = try book.read()
        #expect(try await book.run(.migrate, to: .nowhere).codes == ["blob-missing"])
        let report = try await book.run(.migrate)
        #expect((report.codes, report.status) == (["blob-missing"], .failure))
        let notes = try #require(report.problems(.blobMissing).first).notes
        #expect(notes.count { $0.contains(TestBook.url(Picture(1))) } == 1, "\(notes)")
        #expect(try book.read() == text)
    }

    @Test(arguments: [TestBook.Command.migrate, .publish])
    func `what is gone for one book comes from another book's copy`(_ command: TestBook.Command) async throws {
        let book = try await lostBook()
        try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        try book.temporary.write(Picture(1).bytes, to: "data/books/b2/files/\(Picture(1).sha256)/original.png")
        try await book.upload([Picture(1)], book: "b2")
        for place in ["b1", "b2"] { try? book.removeBlob(Picture(1), book: place) }
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        #expect(FileManager.default.fileExists(atPath: book.remoteFile(Picture(1), book: "b2")))
        let text = try book.read()
        #expect(try await book.run(.migrate, to: .nowhere).codes == [])
        let report = try await book.run(command)
        #expect((report.codes, report.status) == ([], .success))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        #expect(try book.read() == text)
        #expect(FileManager.default.fileExists(atPath: book.remoteFile(Picture(1))) == (command == .publish))
    }

    @Test func `a copy that was seen whole in a run is not read a second time`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.publish).status == .success)
        try book.removeBlob(Picture(1))
        for command in [TestBook.Command.migrate, .publish] {
            let watch = inotify_init1(O_NONBLOCK)
            defer { close(watch) }
            #expect(inotify_add_watch(watch, book.remoteFile(Picture(1)), UInt32(IN_OPEN)) >= 0)
            #expect(try await book.run(command).codes == [])
            var events = [UInt8](repeating: 0, count: 4096)
            // Each event of a file that is watched itself has no name: 16 bytes.
            #expect(read(watch, &events, events.count) == 16, "\(command)")
        }
    }

    @Test func `what a folder has is not brought here, and a server is not asked`() async throws {
        let remote = StubRemote()
        let served = try await lostBook(remote)
        #expect(try await served.run(.migrate).codes == [])
        #expect(!FileManager.default.fileExists(atPath: served.blobPath(Picture(1))))
        let book = try await lostBook()
        try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        #expect(try await book.run(.migrate).codes == [])
        #expect(!FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }
}
