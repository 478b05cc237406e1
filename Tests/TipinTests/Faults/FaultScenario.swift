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
        try await book.undo(try #require(book.runs().first { $0.undoes == nil }?.id))
    }

    static let undoOutput = FaultScenario(testDescription: "undo a run into another folder") { book in
        try await migrate.prepare(book)
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

    static let all = [
        migrate, publish, output, apply, undo, undoOutput, secondBook, verify, rebuild, replace,
    ]

    /// - Parameter description: of one of them: a process of its own is told no more.
    static func named(_ description: String) throws -> FaultScenario {
        try #require(all.first { $0.testDescription == description })
    }
}
