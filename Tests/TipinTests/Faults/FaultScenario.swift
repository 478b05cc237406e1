import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Something that changes files, to be ended at every one of its calls. A row here puts it under all fault tests.
struct FaultScenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Whether the catalog is damaged before.
    var startsDamaged = false
    /// Whether a copy in quarantine is as good as none.
    var ignoresQuarantine = false
    /// Makes what is there before.
    let prepare: @Sendable (TestBook) async throws -> Void
    /// May fail in any way; run a second time it must come to its end.
    let run: @Sendable (TestBook) async throws -> Void

    static let migrate = FaultScenario(testDescription: "migrate in place") { book in
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"two.png"}"#))
        try book.write(#"{"id":"b1","gallery":[]}"#, to: "book.json")
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"two.png"}}]}"#, to: "bare.json")
        try book.write(Picture(2), to: "two.png")
    } run: { book in
        try await book.run(.migrate)
    }

    static let publish = FaultScenario(testDescription: "publish to a folder") { book in
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"two.png"}"#, id: "c2"), to: "c2.json")
        try book.write(Picture(2), to: "two.png")
    } run: { book in
        try await book.run(.publish)
    }

    static let output = FaultScenario(testDescription: "publish into another folder") { book in
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "deep/c2.json")
        try book.temporary.write("somebody's", to: "out/c1.json")
    } run: { book in
        try await book.run(.publish, [], to: .folder(book.temporary.path + "/out"))
    }

    static let apply = FaultScenario(testDescription: "apply a plan") { book in
        try await migrate.prepare(book)
        try await book.plan(.migrate)
    } run: { book in
        try await book.apply()
    }

    static let undo = FaultScenario(testDescription: "undo a run in place") { book in
        try await migrate.prepare(book)
        try await book.run(.migrate)
    } run: { book in
        // The folders are made anew for each point, so that the run is one of another folder.
        let run = try #require(book.runs().first { $0.undoes == nil }?.id)
        try await book.undo(run, below: [book.temporary.path])
    }

    static let undoOutput = FaultScenario(testDescription: "undo a run into another folder") { book in
        try await migrate.prepare(book)
        try book.temporary.write("somebody's", to: "out/c1.json")
        try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
    } run: { book in
        try await undo.run(book)
    }

    static let secondBook = FaultScenario(testDescription: "a picture of another book") { book in
        try await book.store([Picture(1)], book: "b2")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
    } run: { book in
        try await book.run(.migrate)
    }

    static let verify = FaultScenario(testDescription: "verify and fetch again") { book in
        try await book.upload([Picture(1), Picture(2)])
        try book.spoil(Picture(1), with: [1, 2, 3])
    } run: { book in
        _ = try await book.verify { $0.readsData = true }
    }

    static let verifyThumbnails = FaultScenario(testDescription: "verify and make thumbnails again") { book in
        try await book.drawing.store([Picture(1), Picture(2), Picture(3)])
        let folder = { (number: Int) in "data/books/b1/files/\(Picture(number).sha256)/" }
        try FileManager.default.removeItem(atPath: book.temporary.path + "/" + folder(1) + "thumb_64.webp")
        try FileManager.default.removeItem(atPath: book.temporary.path + "/" + folder(2) + "thumb_64.webp")
        try book.temporary.write([1, 2, 3], to: folder(2) + "thumb_64.webp")
        try book.temporary.write([4, 5, 6], to: folder(3) + "thumb_256.webp")
    } run: { book in
        _ = try await book.verify { $0.readsData = true }
    }

    static let rebuild = FaultScenario(testDescription: "rebuild a damaged catalog", startsDamaged: true) { book in
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        try book.temporary.write("garbage", to: "data/catalog.sqlite")
    } run: { book in
        _ = try await book.rebuild()
    }

    static let replace = FaultScenario(testDescription: "replace an asset") { book in
        try await book.store([Picture(1)])
        let cover = LinkSpec(assetID: Picture(1).id, entity: Entity(type: .book, id: "b1"), role: "cover")
        try book.withCatalog { catalog in _ = try catalog.write { try $0.link(cover) } }
        try book.write(Picture(2), to: "two.png")
    } run: { book in
        let context = ImportContext(entity: Entity(type: .book, id: "b1"), role: .cover, bookId: "b1")
        let service = AssetService(AssetStore(try book.writing()))
        _ = try await service.replaceAsset(Picture(1).id, with: book.path + "/two.png", context)
    }

    static let add = FaultScenario(testDescription: "add files") { book in
        for number in 1...3 { try book.write(Picture(number), to: "\(number).png") }
        // One that another book has, one that this book has, and one that is new.
        try await book.store([Picture(1)], book: "b2")
        try await book.store([Picture(2)])
    } run: { book in
        let workspace = try book.writing()
        defer { workspace.close() }
        let files = (1...3).map { number in
            var context = ImportContext(entity: Entity(type: .book, id: "b1"), role: .gallery, bookId: "b1")
            context.sortOrder = number
            return (path: book.path + "/\(number).png", context: context)
        }
        var failure: TipinError?
        try await AssetService(AssetStore(workspace)).importLocalFiles(files) { _, outcome in
            if case .failure(let error) = outcome { failure = error }
        }
        if let failure { throw failure }
    }

    static let rebook = FaultScenario(testDescription: "give a book another id") { book in
        try await book.drawing.upload([Picture(1), Picture(2)])
        try await book.store([Picture(2)], book: "b2")
        let cover = LinkSpec(assetID: Picture(1).id, entity: Entity(type: .book, id: "b1"), role: "cover")
        try book.withCatalog { catalog in _ = try catalog.write { try $0.link(cover) } }
    } run: { book in
        try book.rebook("b1", as: "b3")
    }

    static let restrip = FaultScenario(testDescription: "take positions out of stored pictures") { book in
        var keeping = book
        keeping.settings.importLimits.metadata = .keep
        try book.write(Chapter.text(#"{"src":"\#(Picture(positioned: 1).dataURL)"}"#))
        try await keeping.run(.publish)
    } run: { book in
        let workspace = try book.writing()
        defer { workspace.close() }
        _ = try await RestripRun(workspace).run([])
    }

    static let undoChanged = FaultScenario(testDescription: "undo a run whose document was changed since") { book in
        try await migrate.prepare(book)
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"$data3"}"#, id: "c2"), to: "c2.json")
        try await book.run(.migrate)
        // What somebody saved since is put back mention by mention.
        let saved = try book.read("c2.json").replacing(#""content":["#, with: #""content":[{"type":"paragraph"},"#)
        try book.write(saved, to: "c2.json")
    } run: { book in
        try await undo.run(book)
    }

    static let thumbnails = FaultScenario(testDescription: "make thumbnails") { book in
        try await book.store([Picture(1), Picture(2)])
        try await book.store([Picture(1)], book: "b2")
    } run: { book in
        let workspace = try book.writing()
        defer { workspace.close() }
        _ = try await ThumbnailRun(workspace, sizes: [64, 32]).run([])
    }

    static let importWithThumbnails = FaultScenario(testDescription: "import with thumbnails") { book in
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"$data2"}"#))
    } run: { book in
        try await book.drawing.run(.migrate)
    }

    static let clean = FaultScenario(testDescription: "clean up") { book in
        // One to make room, one that is used, one whose document is gone, one that nobody wants, one without a row.
        try await book.drawing.upload([Picture(3)])
        let offline = book.drawing.offline
        try book.write(Chapter.text(#"{"src":"$data4"}"#))
        try book.write(Chapter.text(#"{"src":"$data5"}"#, id: "c2"), to: "c2.json")
        try await offline.run(.migrate)
        try FileManager.default.removeItem(atPath: book.path + "/c2.json")
        try await offline.store([Picture(1), Picture(2)])
        try await offline.store([Picture(1)], book: "b2")
        try book.removeRow(of: Picture(2))
    } run: { book in
        _ = try await book.later(hours: 25).clean(documents: [book.path], books: ["b1"], maxCacheBytes: 0)
    }

    static let forget = FaultScenario(testDescription: "forget what was removed") { book in
        try await book.offline.store([Picture(1), Picture(2)])
        _ = try await book.later(hours: 25).clean()
    } run: { book in
        _ = try await book.later(hours: 32 * 24).clean()
    }

    /// RELIABILITY C6: whatever clean-up finds half done, and whatever it leaves half done, an import is right.
    static let cleanAndImport = FaultScenario(
        testDescription: "clean up, import the same and clean up", ignoresQuarantine: true
    ) { book in
        try await book.drawing.offline.store([Picture(1), Picture(2)])
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"assetId":"$id2"}"#, manifest: "{\(Chapter.entry(2))}"))
    } run: { book in
        let later = book.drawing.offline.later(hours: 25)
        _ = try await later.clean(documents: [book.path])
        try await later.run(.migrate)
        _ = try await later.later(hours: 25).clean(documents: [book.path])
    }

    static let all = [
        migrate, publish, output, apply, undo, undoOutput, undoChanged, secondBook, verify, verifyThumbnails, rebuild,
        add, replace, rebook, restrip, thumbnails, importWithThumbnails, clean, forget, cleanAndImport,
    ]

    /// - Parameter description: of one of them: a process of its own is told no more.
    static func named(_ description: String) throws -> FaultScenario {
        try #require(all.first { $0.testDescription == description })
    }
}
