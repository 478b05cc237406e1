package import TipinDiagnostics
internal import TipinFiles

/// How much clean-up did, or would do.
package struct CleanSum: Sendable, Equatable {
    package var counts: [CleanedItem.Action: Int] = [:]
    /// Bytes by action.
    package var bytes: [CleanedItem.Action: Int] = [:]
    /// Documents that were read.
    package var documents = 0
    /// Hidden and excluded files with the names of documents that are no JSON.
    package var otherFiles = 0
    /// Assets that nothing refers to and that are still within the grace period.
    package var young = 0
    /// Assets that lay in quarantine long enough to go for good, and are needed again.
    package var waiting = 0
    /// What is to be said of bytes that were to make room and stay.
    package private(set) var diagnostics: [Diagnostic] = []
    /// Those of them that are the same for many assets.
    private var common: [Diagnostic] = []
    /// What was cleaned up; absolute.
    package var dataFolder = ""

    package init() {}

    mutating func add(_ item: CleanedItem) {
        counts[item.action, default: 0] += 1
        bytes[item.action] = (bytes[item.action] ?? 0).addingClamped(item.bytes)
    }

    /// Says what is to be said of one asset.
    mutating func say(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Says once what is the same for many assets.
    mutating func sayOnce(_ diagnostic: Diagnostic) {
        guard !common.contains(diagnostic) else { return }
        common.append(diagnostic)
        say(diagnostic)
    }

    /// - Parameter isDone: `false` for a dry run.
    package func text(isDone: Bool) -> String {
        let parts = CleanedItem.Action.allCases.compactMap { action in
            counts[action].map { "\($0) \(Self.words(action, isDone))\(size(action))" }
        }
        let what = parts.isEmpty ? "nothing to clean up" : parts.joined(separator: ", ")
        var lines = ["gc: \(what) in '\(Redaction.printable(dataFolder))'"]
        if documents > 0 {
            lines.append("\(Summary.count(documents, "document")) read, whether excluded or not")
        }
        if otherFiles > 0 {
            let words = otherFiles == 1 ? "it is" : "they are"
            lines.append("\(Summary.count(otherFiles, "hidden or excluded file")) passed over: \(words) no JSON")
        }
        if young > 0 {
            lines.append("\(Summary.count(young, "asset")) without references kept for the grace period")
        }
        if waiting > 0 {
            let (words, them) = waiting == 1 ? ("something names it", "it") : ("something names them", "them")
            lines.append("\(Summary.count(waiting, "removed asset")) kept for longer than 30 days: \(words)")
            lines.append("'tipin migrate' brings \(them) back for documents that name \(them)")
        }
        if !isDone, !parts.isEmpty { lines.append("nothing was changed; give --delete to do it") }
        return lines.map { $0 + "\n" }.joined()
    }

    private func size(_ action: CleanedItem.Action) -> String {
        action == .unlink ? "" : " (\(Summary.size(bytes[action] ?? 0)))"
    }

    private static func words(_ action: CleanedItem.Action, _ isDone: Bool) -> String {
        switch action {
        case .unlink: isDone ? "unlinked" : "to unlink"
        case .remove: isDone ? "removed" : "to remove"
        case .removeStray: isDone ? "stray removed" : "stray to remove"
        case .evict: isDone ? "evicted" : "to evict"
        case .forget: isDone ? "forgotten" : "to forget"
        }
    }
}
