import Foundation
import Testing
import TipinTestSupport

/// What holds for every source file.
struct SourceTests {
    static let sources = ["Sources", "Tests", "Benchmarks"].flatMap { Checkout.files(below: $0, ending: ".swift") }
    static let library = sources.filter {
        $0.hasPrefix("Sources/") && !$0.hasPrefix("Sources/TipinCommand/") && !$0.hasPrefix("Sources/TipinImageWorker/")
    }

    @Test func `files have at most 500 lines of at most 120 columns`() throws {
        for file in Self.sources {
            let lines = try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 500, "\(file) has \(lines.count) lines")
            // A document in a test, and SQL that is quoted, stand as they are.
            let isQuoted = { (line: Substring) in
                file.hasPrefix("Tests/") && line.contains("\"") || file.hasSuffix("/CatalogSchema.swift")
            }
            for (number, line) in lines.enumerated() where line.count > 120 && !isQuoted(line) {
                Issue.record("\(file):\(number + 1) has \(line.count) columns")
            }
        }
    }

    @Test func `the library never prints, exits or asks the environment`() throws {
        let forbidden = ["print(", "exit(", "getenv(", "ProcessInfo", "fatalError("]
        for file in Self.library {
            for (number, line) in try Self.code(of: file) {
                let words = forbidden.filter { Self.calls($0, in: line) }
                #expect(words.isEmpty, "\(file):\(number) has \(words)")
            }
        }
    }

    /// SQLite itself is not told to refuse: see `Catalog.read`.
    @Test func `nothing that reads the catalog changes it`() throws {
        let readers = Self.library.filter { $0.contains("/Catalog/CatalogReader") || $0.hasSuffix("/Row+Values.swift") }
        #expect(readers.count > 5)
        for file in readers {
            for (number, line) in try Self.code(of: file) {
                // This one sets nothing.
                let line = line.replacing("PRAGMA data_version", with: "")
                let words = ["INSERT ", "UPDATE ", "DELETE ", "REPLACE INTO", "CREATE ", "DROP ", "PRAGMA", "execute("]
                    .filter(line.contains)
                #expect(words.isEmpty, "\(file):\(number) has \(words)")
            }
        }
    }

    @Test func `what the compiler cannot check says why it is safe`() throws {
        let promises = ["@unchecked Sendable", "nonisolated(unsafe)", "try!", "unsafeBitCast"]
        for file in Self.sources.filter({ $0.hasPrefix("Sources/") }) {
            let lines = try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where promises.contains(where: line.contains) {
                let nearby = lines[max(0, index - 2)...index]
                #expect(nearby.contains { $0.contains("Safe because") }, "\(file):\(index + 1)")
            }
        }
    }

    @Test func `public stands only in the library and in the types it re-exports`() throws {
        for file in Self.sources where file.hasPrefix("Sources/") {
            let isAllowed = file.hasPrefix("Sources/Tipin/Library/") || file.hasPrefix("Sources/TipinDocument/Types/")
            guard !isAllowed else { continue }
            for (number, line) in try Self.code(of: file) where (" " + line).contains(Self.publicDeclaration) {
                Issue.record("\(file):\(number) declares something public")
            }
        }
    }

    @Test func `no file is called Utilities, Helpers, Common or Manager`() {
        for file in Self.sources {
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            let banned = ["Utilities", "Utils", "Helpers", "Helper", "Common", "Manager"]
            #expect(!banned.contains { name == $0 || name.hasSuffix($0) }, "\(file)")
        }
    }

    private static var publicDeclaration: some RegexComponent {
        /[ \t]public (struct|class|enum|protocol|actor|func|var|let|init|static|final|typealias|extension|import)/
    }

    /// Lines with their numbers, without comments and the insides of string literals.
    private static func code(of file: String) throws -> [(Int, Substring)] {
        try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { ($0 + 1, $1) }
            .filter { !$1.trimmingCharacters(in: .whitespaces).hasPrefix("//") }
    }

    private static func calls(_ name: String, in line: Substring) -> Bool {
        guard let range = line.range(of: name) else { return false }
        guard range.lowerBound > line.startIndex else { return true }
        let before = line[line.index(before: range.lowerBound)]
        return !before.isLetter && before != "." && before != "_" && before != "\""
    }
}
