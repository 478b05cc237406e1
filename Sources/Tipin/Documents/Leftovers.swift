internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Clears away what processes that were killed while they wrote documents left beside them, in each folder once.
struct Leftovers {
    private let followsLinks: Bool
    private var seen: Set<ByteKey> = []

    /// - Parameter followsLinks: whether documents are written where a symbolic link leads.
    init(followsLinks: Bool = false) { self.followsLinks = followsLinks }

    /// - Parameter paths: of the documents that are about to be written.
    /// - Returns: what was found that somebody else saved at that moment, and is kept.
    mutating func clear(beside paths: [String]) -> [Diagnostic] {
        var kept: [String] = []
        for path in paths {
            let parent = Paths.parent(of: followsLinks ? Paths.real(path) : path)
            guard seen.insert(ByteKey(parent)).inserted, let folder = try? Folder(opening: parent) else { continue }
            kept += DocumentLeftovers.clear(folder)
        }
        return kept.map { Diagnostic(Self.kept, at: Place(file: $0), severity: .warning) }
    }

    private static let kept = Problem(
        .documentChanged, "version of a document that was saved while a run was killed",
        notes: ["the run had just taken the document's place, and could not put this back"],
        help: ["compare it with the document, keep what is wanted and remove the other"])
}
