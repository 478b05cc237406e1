internal import TipinAssets
package import TipinDiagnostics
internal import TipinFiles
package import TipinJSON

/// One thing that is not, or was not, as it should be in the store.
package struct VerifyFinding: Sendable, Equatable {
    package var problem: Problem
    package var severity: Severity
    /// `nil` where no asset is concerned.
    package var assetID: String?
    package var sha256: String?
    /// Relative to the data folder.
    package var path: String?
    /// Who uses the asset, in words, where it is lost.
    package var users: [String] = []

    package init(_ problem: Problem, severity: Severity? = nil, path: String? = nil) {
        self.problem = problem
        self.severity = severity ?? problem.code.severity
        self.path = path
    }

    /// With everything in its notes, for a person.
    package var diagnostic: Diagnostic {
        var problem = problem
        problem.notes += users.prefix(5).map { "used \($0)" }
        if users.count > 5 { problem.notes.append("and used \(users.count - 5) times more") }
        return Diagnostic(problem, severity: severity)
    }

    /// One line of `assets verify --format json`.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", problem.code.rawValue)
            writer.member("severity", severity.rawValue)
            writer.member("message", problem.headline)
            writer.member("assetId", assetID)
            writer.member("sha256", sha256)
            writer.member("path", path)
            writer.member("users", users)
            writer.member("notes", problem.notes)
            writer.member("help", problem.help)
        }
        writer.newline()
    }
}
