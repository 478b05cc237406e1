import Foundation
import Testing
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A call that somebody could leave out: the fault tests must notice.
struct Mutation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let scenario: FaultScenario
    let operation: FileOperation
    /// Which paths it is left out for.
    let isMeant: @Sendable (String) -> Bool

    init(
        _ testDescription: String, _ scenario: FaultScenario, _ operation: FileOperation,
        _ isMeant: @escaping @Sendable (String) -> Bool
    ) {
        self.testDescription = testDescription
        self.scenario = scenario
        self.operation = operation
        self.isMeant = isMeant
    }

    var rule: DiskWatch.Rule {
        { _, operation, path in operation == self.operation && isMeant(path) ? .skip : .proceed }
    }

    static let all = [
        Mutation("sync of a blob", .migrate, .sync) { $0.contains("/data/tmp/") },
        Mutation("sync of a blob's folder", .migrate, .syncFolder) { $0.split(separator: "/").last?.count == 64 },
        Mutation("sync of a book's 'files'", .migrate, .syncFolder) { $0.hasSuffix("/files") },
        Mutation("sync of a book's folder", .migrate, .syncFolder) { $0.hasSuffix("/books/b1") },
        Mutation("sync of 'books'", .migrate, .syncFolder) { $0.hasSuffix("/data/books") },
        Mutation("sync of the data folder", .migrate, .syncFolder) { $0.hasSuffix("/data") },
        Mutation("rename of a blob", .migrate, .rename) { $0.contains("/original.") },
        Mutation("mode of a blob", .migrate, .changeMode) { $0.contains("/data/") },
        Mutation("sync of a document", .migrate, .sync) { $0.hasSuffix(".assettmp") },
        Mutation("exchange of a document", .migrate, .exchange) { $0.hasSuffix(".json") },
        Mutation("rename of a manifest file", .migrate, .rename) { $0.hasSuffix(".fileRefs.json") },
        Mutation("sync of the documents' folder", .migrate, .syncFolder) { $0.hasSuffix("/book") },
        Mutation("removal of an old document", .migrate, .removeFile) { $0.hasSuffix(".assettmp") },
        Mutation("lock of the store", .migrate, .lock) { $0.hasSuffix("/import.lock") },
        Mutation("sync of an output folder", .output, .syncFolder) { $0.hasSuffix("/out/deep") },
        Mutation("sync of a remote's copy", .publish, .sync) { $0.contains("/cdn/") },
        Mutation("sync of a remote's folder", .publish, .syncFolder) { $0.hasSuffix("/cdn/b1") },
        Mutation("rename of a remote's copy", .publish, .rename) { $0.contains("/cdn/") },
        Mutation("link of another book's blob", .secondBook, .link) { $0.contains("/original.") },
        Mutation("sync of 'bad'", .verify, .syncFolder) { $0.hasSuffix("/data/bad") },
    ]
}
