internal import TipinDocument
internal import TipinJSON

/// What a rewrite of a document may make of it: only what mentions own and manifests may be another, and the mentions
/// stand where they stood.
struct RewriteBounds {
    /// What no rewrite does.
    enum Fault: Sendable, Equatable {
        /// Another document, or the same with mentions in other places.
        case otherMentions
        case noJSON
        /// A value that no mention owns and that is in no manifest.
        case otherValue(pointer: String)
    }

    private let document: CollectedDocument
    private var whole: Set<String> = []
    private var inside: Set<String> = []
    /// Nodes that have their attributes beside their type.
    private var nodes: Set<String> = []
    /// What makes such a node what it is.
    private static let structure: Set<Substring> = [
        "type", "content", "marks", "text", "attrs", "props", "children",
    ]

    init(_ document: CollectedDocument) {
        self.document = document
        for mention in document.mentions {
            let pointer = document.ownerPointer(of: mention)
            let first = document.pointer(of: mention).dropFirst(pointer.count).split(separator: "/").first
            switch (mention.site, first) {
            case (.node, "attrs"), (.node, "props"): inside.insert(pointer + "/" + (first ?? ""))
            case (.node, _): nodes.insert(pointer)
            default: whole.insert(pointer)
            }
        }
        for place in document.manifests { whole.insert(place.pointer + "/" + Manifest.memberName) }
    }

    /// - Returns: the first; `nil` for what a rewrite may make of the document.
    func fault(of result: CollectedDocument) -> Fault? {
        guard document.kind == result.kind, document.id == result.id, document.bookID == result.bookID,
            document.mentions.map(document.ownerPointer) == result.mentions.map(result.ownerPointer)
        else { return .otherMentions }
        guard let one = ValueTree(document.bytes), let other = ValueTree(result.bytes) else { return .noJSON }
        return ValueChange.changes(from: one, to: other, entersStrings: true).lazy
            .map { String(decoding: $0.pointer, as: UTF8.self) }
            .first { !allows($0) }.map { .otherValue(pointer: $0) }
    }

    private func allows(_ pointer: String) -> Bool {
        if whole.contains(pointer) { return true }
        var rest = pointer[...]
        while let slash = rest.lastIndex(where: { $0 == "/" || $0 == "#" }) {
            let (step, isMember) = (rest[rest.index(after: slash)...], rest[slash] == "/")
            rest = rest[..<slash]
            if whole.contains(String(rest)) || inside.contains(String(rest)) { return true }
            if isMember, nodes.contains(String(rest)) { return !Self.structure.contains(step) }
        }
        return false
    }
}
