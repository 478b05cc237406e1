/// A problem at a place: what a run has to say.
package struct Diagnostic: Sendable, Equatable {
    package var severity: Severity
    package var problem: Problem
    package var place: Place?

    package var code: DiagnosticCode { problem.code }

    /// - Parameter severity: the code's own where `nil`.
    package init(_ problem: Problem, at place: Place? = nil, severity: Severity? = nil) {
        self.problem = problem
        self.place = place
        self.severity = severity ?? problem.code.severity
    }

    /// File, offset, severity, code: the same for any number of threads.
    package static func canonicalOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        let files = (left.place?.file ?? "", right.place?.file ?? "")
        if files.0 != files.1 { return files.0 < files.1 }
        // What concerns a whole line of NDJSON has no offset.
        let lines = (left.place?.line ?? 0, right.place?.line ?? 0)
        if lines.0 != lines.1 { return lines.0 < lines.1 }
        let offsets = (left.place?.offset ?? -1, right.place?.offset ?? -1)
        if offsets.0 != offsets.1 { return offsets.0 < offsets.1 }
        if left.severity != right.severity { return left.severity < right.severity }
        if left.code != right.code { return left.code.rawValue < right.code.rawValue }
        return left.problem.headline < right.problem.headline
    }
}
