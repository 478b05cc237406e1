import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinJSON
import TipinTestSupport

/// Whatever somebody planted in the data folder: nothing outside changes, and nothing hangs (RELIABILITY A6, A7).
struct PlantedPathTests {
    enum Plant: CaseIterable, Sendable { case folderLink, fileLink, hardLink, pipe, danglingLink, selfLink }

    static let places = [
        "books", "books/b1", "books/b1/files", "books/b1/files/$sha1", "books/b1/files/$sha1/original.png", "tmp",
        "bad",
        "runs", "catalog.sqlite", "catalog.sqlite-journal", "import.lock",
    ]

    private func plant(_ kind: Plant, at place: String, _ book: TestBook, _ outside: String) throws {
        let path = book.dataPath + "/" + book.expanded(place)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: path)
        switch kind {
        case .folderLink: symlink(outside, path)
        case .fileLink: symlink(outside + "/original.png", path)
        case .hardLink: link(outside + "/original.png", path)
        case .pipe: mkfifo(path, 0o600)
        case .danglingLink: symlink(outside + "/not-there", path)
        case .selfLink: symlink((path as NSString).lastPathComponent, path)
        }
    }

    @Test(arguments: places, Plant.allCases)
    func `changes nothing outside, whatever is run`(place: String, kind: Plant) async throws {
        let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"
        for isStored in isLong ? [false, true] : [kind != .danglingLink] {
            var book = try TestBook()
            book.images = HeaderImages()
            if isStored { try await book.upload([Picture(1)]) }
            try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"$data2"}"#))
            chmod(book.dataPath, 0o700)
            let canary = try Canary(book)
            let hadLinks = kind == .hardLink
            try FileManager.default.createDirectory(atPath: book.dataPath, withIntermediateDirectories: true)
            try plant(kind, at: place, book, canary.path)
            // A second name changes the count of names; nothing else may change.
            let changesOfPlanting = hadLinks ? Set(canary.changes) : []
            let runs: [@Sendable (TestBook) async throws -> Void] = [
                { _ = try await $0.verify { $0.readsData = true } }, { try await $0.run(.migrate) },
                { try await $0.run(.publish) }, { _ = try await $0.rebuild() },
            ]
            for run in runs {
                // It may fail, and says so; a hang ends the test by its limit of time.
                do { try await run(book) } catch { #expect(error.problem.code != .internalError, "\(error)") }
            }
            #expect(Set(canary.changes).subtracting(changesOfPlanting) == [])
            let bytes = FileManager.default.contents(atPath: canary.path + "/original.png")
            #expect(bytes == Data("I live outside, as original.png".utf8))
        }
    }

    /// One that is named by nothing and old enough to go, one that is linked, and one with a position to be removed,
    /// which makes the first one of it.
    private func storeForUpkeep(_ book: TestBook) async throws {
        var keeping = book.offline
        keeping.settings.importLimits.metadata = .keep
        try await keeping.store([Picture(1), Picture(2), Picture(positioned: 1)])
        let cover = LinkSpec(assetID: Picture(2).id, entity: Entity(type: .book, id: "b1"), role: "cover")
        try book.withCatalog { catalog in _ = try catalog.write { try $0.link(cover) } }
    }

    static let upkeep: [@Sendable (TestBook) async throws -> Void] = [
        { book in
            let workspace = try book.writing()
            defer { workspace.close() }
            _ = try await ThumbnailRun(workspace, sizes: [32]).run([])
        },
        { book in
            let workspace = try book.writing()
            defer { workspace.close() }
            _ = try await RestripRun(workspace).run([])
        },
        { _ = try await $0.offline.later(hours: 25).clean() },
        { try $0.rebook("b1", as: "b3") },
    ]

    @Test func `what is run for upkeep has something to do`() async throws {
        var book = try TestBook()
        book.images = HeaderImages()
        try await storeForUpkeep(book)
        for run in Self.upkeep {
            let before = book.manifest(below: "data")
            try await run(book)
            #expect(book.manifest(below: "data") != before)
        }
    }

    @Test(arguments: places + ["removed", "books/b3", "books/b1/files/$sha1/thumb_32.webp"], Plant.allCases)
    func `changes nothing outside, whatever is kept up`(place: String, kind: Plant) async throws {
        var book = try TestBook()
        book.images = HeaderImages()
        try await storeForUpkeep(book)
        let canary = try Canary(book)
        try plant(kind, at: place, book, canary.path)
        let changesOfPlanting = kind == .hardLink ? Set(canary.changes) : []
        for run in Self.upkeep {
            do { try await run(book) } catch { #expect(error.problem.code != .internalError, "\(error)") }
        }
        #expect(Set(canary.changes).subtracting(changesOfPlanting) == [])
        let bytes = FileManager.default.contents(atPath: canary.path + "/original.png")
        #expect(bytes == Data("I live outside, as original.png".utf8))
    }

    /// Somebody swaps a folder for a link and back while pictures are stored.
    @Test(arguments: ["books", "books/b1", "books/b1/files", "tmp", "bad"])
    func `changes nothing outside while places are swapped`(place: String) async throws {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        try await book.store([Picture(1)])
        let canary = try Canary(book)
        let path = book.dataPath + "/" + place
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let link = book.temporary.path + "/link"
        symlink(canary.path, link)
        let root = try Folder(opening: book.temporary.path)
        let swap: @Sendable () throws -> Void = { try root.exchange("data/" + place, "link") }
        let swapping = Task.detached {
            var swaps = 0
            while !Task.isCancelled {
                // The kernel swaps both names at once, as a fast attacker would like to.
                if (try? swap()) != nil { swaps += 1 }
                await Task.yield()
            }
            return swaps
        }
        for number in 0..<25 {
            try? await book.store([Picture(number)])
            if number % 5 == 0 { _ = try? await book.verify { $0.readsData = true } }
        }
        swapping.cancel()
        #expect(await swapping.value > 0)
        #expect(canary.changes == [])
    }

    /// `nil` where the id is refused; else whatever it is, it stays below the data folder.
    static let bookIDs = [
        "..", ".", "", "a/b", "../x", "/abs", "a\0b", String(repeating: "x", count: 300),
        String(repeating: "書", count: 100), "․․", "．．", "。。/x", "%2e%2e", "%2E%2E%2F", "CON", "b1.", "b1 ", " b1", "~",
        "-rf", "b\\1", "b\n1", "\u{202E}b", "é", "e\u{301}",
    ]

    @Test(arguments: bookIDs) func `a book of any id stays in its place`(id: String) async throws {
        var book = try TestBook()
        book.images = HeaderImages()
        let canary = try Canary(book)
        let before = Set(book.manifest().keys.filter { !$0.hasPrefix("data") && !$0.hasPrefix("cdn") })
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", "c1")
            writer.member("bookId", id)
            writer.key("content")
            writer.object { $0.member("type", "doc") }
        }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        try book.write(
            text.replacing(
                #"{"type":"doc"}"#,
                with: #"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#))
        _ = try? await book.run(.publish)
        _ = try await book.verify { $0.readsData = true }
        #expect(canary.changes == [])
        let after = Set(book.manifest().keys.filter { !$0.hasPrefix("data") && !$0.hasPrefix("cdn") })
        #expect(after.subtracting(before) == ["book/c1.json"])
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/books")) ?? []
        #expect(folders.count <= 1)
        for folder in folders {
            #expect(folder.utf8.count <= 200)
            #expect(folder.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
        }
    }

    @Test func `books whose ids differ by case alone have folders that differ`() async throws {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        for id in ["Book", "book", "BOOK"] { try await book.store([Picture(1)], book: id) }
        let folders = try FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/books")
        #expect(Set(folders) == ["Book", "book", "BOOK"])
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }
}
