internal import Foundation
internal import TipinAssets
internal import TipinJSON

/// One line of a journal: an object with one of these members.
struct RunLine: Codable, Sendable, Equatable {
    /// How a run began: the first line.
    struct Header: Codable, Sendable, Equatable {
        var id: String
        /// Of the journal's form.
        var version = 1
        var command: String
        /// ISO 8601, UTC.
        var startedAt: String
        /// The folder of `--output`; `nil` where documents are changed in place.
        var output: String?
        /// The run that this one takes back.
        var undoes: String?
        /// The folder that the journal lies in; `nil` where nobody wrote it down.
        var folder: RunPlace?
    }

    /// The last line of a run that was not stopped.
    struct End: Codable, Sendable, Equatable {
        /// ISO 8601, UTC.
        var endedAt: String
        var documents: Int
        /// Files that an undoing could not put back, or not wholly; `nil` for none.
        var left: Int?
    }

    var run: Header?
    var change: RecordedChange?
    var links: LinkStep?
    /// Beside links: the file of their document, as `RecordedLinks` has it.
    var path: String?
    /// All that the changes and links around it name.
    var assets: [NamedAsset]?
    /// Paths that were not written after all.
    var failed: [String]?
    var end: End?

    /// The line with its line feed.
    func encoded() throws -> [UInt8] {
        guard change != nil || links != nil else { return try Self.encode(self) + [0x0A] }
        var writer = JSONWriter()
        try writer.object { writer in
            if let change {
                writer.key("change")
                try change.write(to: &writer)
            }
            if let links {
                writer.key("links")
                links.write(to: &writer)
                if let path { writer.member("path", path) }
            }
        }
        writer.newline()
        return writer.bytes
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func decode(_ bytes: [UInt8]) throws -> RunLine { try JSONDecoder().decode(Self.self, from: Data(bytes)) }
}
