import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// The round trips on documents made by chance; `TIPIN_LONG=1` looks at 10,000.
///
/// Some at a time: they have few ids among them, so that what one says settles what another does.
@Suite(.serialized) struct RandomChangesTests {
    private static let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"
    private static let rounds = isLong ? 100 : 4
    private static let documents = isLong ? 100 : 10

    /// A book of random documents, with a picture wherever they may name one.
    private static func book(_ round: Int) throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        book.settings.books = ["b1"]
        book.images = HeaderImages()
        try book.supplyRandomDocuments()
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
        #expect(changed > Self.rounds * Self.documents / 2)
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
        func copy() async throws -> TestBook {
            var book = try TestBook(hasRemote: false)
            book.settings.editorHasAssetID = true
            try FileManager.default.removeItem(atPath: book.path)
            try FileManager.default.copyItem(atPath: Checkout.path(folder), toPath: book.path)
            try await book.supplyMentions()
            return book
        }
        let direct = try await copy()
        let before = try direct.documents()
        let run = try await direct.migrateOffline()
        #expect(run.changedDocuments >= 8)
        let after = try direct.documents()
        let again = try await direct.migrateOffline()
        #expect(again.changedDocuments == 0, "\(again.writtenFiles)")
        #expect(try await direct.undo(run.run).codes.isEmpty)
        #expect(try direct.documents() == before)
        let book = try await copy()
        try await book.plan(.migrate)
        #expect(try book.documents() == before)
        let applied = try await book.apply()
        #expect(applied.codes.isEmpty, "\(applied.diagnostics.prefix(3).map { ($0.place, $0.problem.notes) })")
        #expect(try book.documents() == after)
    }
}
