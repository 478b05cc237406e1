package import TipinDiagnostics
package import TipinDocument
package import TipinJSON

/// One thing that needs an asset.
package struct AssetReference: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case link
        /// A node, a field or a FileRef of a document.
        case mention
        case manifest
        case html
        /// The id or the digest stands somewhere else in a document's text.
        case text
        /// A copy that waits to be sent, or is at a remote.
        case upload
        case plan
        /// A run that can be undone.
        case run
        /// A row of a table of the app's own.
        case table
        /// It was used a short time ago.
        case grace
    }

    package var kind: Kind
    /// In a document.
    package var place: Place?
    package var entity: Entity?
    package var role: String?
    /// For a link, the documents that made it; empty for one of the app or `assets link`.
    package var documents: [String] = []
    /// Whatever else there is to say.
    package var words: String?

    init(_ kind: Kind, at place: Place? = nil, words: String? = nil) {
        self.kind = kind
        self.place = place
        self.words = words
    }

    /// One object on a line of its own.
    package func write(asset: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("asset", asset)
            writer.member("kind", kind.rawValue)
            writer.member("file", place?.file)
            writer.member("line", place?.line)
            writer.member("column", place?.column)
            writer.member("pointer", place?.pointer)
            writer.member("entityType", entity?.type.rawValue)
            writer.member("entityId", entity?.id)
            writer.member("role", role)
            writer.member("documents", documents)
            writer.member("words", words)
        }
        writer.newline()
    }

    /// One line for a person.
    package var text: String {
        var parts: [String] = []
        if let entity, let role {
            parts.append("\(role) of \(entity.type.rawValue) \(Redaction.printable(entity.id))")
        }
        if kind == .link { parts.append(madeBy) }
        if let place {
            let position = place.line.map { line in ":\(line)" + (place.column.map { ":\($0)" } ?? "") } ?? ""
            parts.append(Redaction.printable(place.file) + position)
            if let pointer = place.pointer { parts.append(Redaction.shortened(Redaction.printable(pointer))) }
        }
        if let words { parts.append(Redaction.printable(words)) }
        let name = kind.rawValue
        return name + String(repeating: " ", count: 10 - name.count) + parts.joined(separator: "  ") + "\n"
    }

    private var madeBy: String {
        documents.isEmpty
            ? "made by hand" : "made by " + documents.map(Redaction.printable).joined(separator: ", ")
    }
}
