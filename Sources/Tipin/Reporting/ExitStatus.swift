internal import TipinAssets
package import TipinDiagnostics

/// What the command tells the shell (DESIGN "Exit codes").
package enum ExitStatus: Int32, Sendable, Comparable {
    case success = 0
    /// Broken assets, or documents that were not done.
    case failure = 1
    /// Some assets could not be fetched or sent for now; the rest was done.
    case incomplete = 3
    case catalogMissing = 10
    case catalogLocked = 11
    case catalogDamaged = 12
    case usage = 64
    /// A bug in tipin.
    case internalError = 70
    case interrupted = 130

    /// What weighs more is larger: a document that was not done, more than one that may be done later.
    package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.weight < right.weight }

    private var weight: Int32 { self == .incomplete ? 1 : rawValue * 2 }

    /// For what was refused of a run whose other parts went on: a catalog that cannot be used is no part's fault.
    package init(refused codes: [DiagnosticCode]) {
        let catalog: Set<ExitStatus> = [.catalogMissing, .catalogLocked, .catalogDamaged]
        self =
            codes.lazy.map { ExitStatus($0) }.first { catalog.contains($0) } ?? (codes.isEmpty ? .success : .incomplete)
    }

    /// For what ends a whole run.
    package init(_ code: DiagnosticCode) {
        self =
            switch code {
            case .catalogMissing: .catalogMissing
            case .catalogLocked: .catalogLocked
            case .catalogDamaged, .catalogNewer: .catalogDamaged
            case .usage, .configInvalid, .twoDataFolders, .outputCollision, .noRemote: .usage
            case .internalError: .internalError
            case .interrupted: .interrupted
            default: .failure
            }
    }
}
