import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

/// Collects a text whose mentions' values are marked, and tells them in words.
struct Collected {
    let document: CollectedDocument
    let marked: MarkedText

    init(
        _ text: String, rules: RuleTable = .builtIn, folderName: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        marked = MarkedText(text)
        let collector = DocumentCollector(rules: CompiledRules(rules))
        document = try #require(
            try collector.collect(marked.bytes, folderName: folderName), sourceLocation: sourceLocation)
        #expect(document.mentions.map(\.value.range) == marked.ranges, sourceLocation: sourceLocation)
    }

    var forms: [Mention.Form] { document.mentions.map(\.form) }
    var pointers: [String] { document.mentions.map(document.pointer(of:)) }
    var roles: [String] { document.mentions.map { document.role(of: $0).rawValue } }

    /// `kind:id`, or `-` for the book.
    var entities: [String] {
        document.mentions.map { document.entity(of: $0).map { "\($0.type.rawValue):\($0.id)" } ?? "-" }
    }
}
