import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// The round trips on documents made by chance; `TIPIN_LONG=1` looks at 10,000.
///
/// One at a time: they have few ids among them, and documents with one id are one document to the catalog.
@Suite(.serialized) struct RandomChangesTests {
    private static let rounds = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1" ? 10_000 : 25
    private static let documents = 1

    /// A book of random documents, with a picture wherever they may name one.
    private static func book(_ round: Int) throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        book.settings.books = ["b1"]
        book.settings.mediaRoot = book.temporary.path + "/media"
        let pictures = [
            "media/old.example/img/1.png", "media/cdn.example/a.gif", "media/h/a.png", "media/h/a",
            "book/media/é b.png",
        ]
        for (number, name) in pictures.enumerated() { try book.temporary.write(Picture(number).bytes, to: name) }
        for number in 0..<documents {
            var document = RandomDocument(seed: UInt64(round * documents + number + 1))
            try book.temporary.write(document.make(), to: "book/\(number).json")
        }
        return book
    }

    @Test func `migrate and undo give the first bytes back, and a second migrate changes nothing`() async throws {
        var changed = 0
        for round in 0..<Self.rounds {
            let book = try Self.book(round)
            let before = try book.documents()
            let run = try await book.migrateOffline()
            changed += run.changedMentions
            #expect(run.problems(.internalError).isEmpty, "round \(round)")
            let after = try book.documents()
            let again = try await book.migrateOffline()
            #expect(again.changedDocuments == 0, "round \(round): \(again.writtenFiles)")
            #expect(try book.documents() == after, "round \(round)")
            guard run.run != nil else { continue }
            let undone = try await book.undo(run.run)
            #expect(undone.codes.isEmpty, "round \(round): \(undone.codes)")
            #expect(try book.documents() == before, "round \(round)")
        }
        #expect(changed > Self.rounds / 4)
    }

    @Test func `plan and apply are migrate`() async throws {
        for round in 0..<Self.rounds {
            let direct = try Self.book(round)
            try await direct.migrateOffline()
            let book = try Self.book(round)
            let before = try book.documents()
            try await book.plan(.migrate)
            #expect(try book.documents() == before)
            let applied = try await book.apply()
            #expect(applied.codes.isEmpty, "round \(round): \(applied.diagnostics.first?.problem.notes ?? [])")
            #expect(try book.documents() == direct.documents(), "round \(round)")
            guard applied.run != nil else { continue }
            try await book.undo()
            #expect(try book.documents() == before, "round \(round)")
        }
    }

    /// Those of the fixtures that can be read.
    @Test(arguments: ["Fixtures/documents", "Fixtures/demo-book"])
    func `the same holds of the fixtures`(_ folder: String) async throws {
        func copy() throws -> TestBook {
            var book = try TestBook(hasRemote: false)
            book.settings.editorHasAssetID = true
            book.settings.mediaRoot = book.path + "/media-root"
            try FileManager.default.removeItem(atPath: book.path)
            try FileManager.default.copyItem(atPath: Checkout.path(folder), toPath: book.path)
            // It speaks of a picture that a later document brings, so a second run knows more of it than the first.
            try? FileManager.default.removeItem(atPath: book.path + "/every-field.json")
            return book
        }
        let direct = try copy()
        let before = try direct.documents()
        let run = try await direct.migrateOffline()
        #expect(run.changedDocuments > 0)
        let after = try direct.documents()
        let again = try await direct.migrateOffline()
        #expect(again.changedDocuments == 0, "\(again.writtenFiles)")
        #expect(try await direct.undo(run.run).codes.isEmpty)
        #expect(try direct.documents() == before)
        let book = try copy()
        try await book.plan(.migrate)
        #expect(try book.documents() == before)
        #expect(try await book.apply().codes.isEmpty)
        #expect(try book.documents() == after)
    }
}
