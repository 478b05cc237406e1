package import TipinDiagnostics

/// What a configuration says of how much findings weigh.
package struct SeverityRules: Sendable, Equatable {
    private var levels: [DiagnosticCode: Severity?] = [:]
    /// Whether an error may become less: not by the word of a mere neighbour of the documents.
    private let mayLowerErrors: Bool

    /// - Parameter mayLowerErrors: `false` for a configuration that is not trusted.
    package init(mayLowerErrors: Bool = true) { self.mayLowerErrors = mayLowerErrors }

    /// - Parameter severity: `nil` turns the code off.
    /// - Returns: whether it may be said of what is an error by default.
    @discardableResult
    package mutating func set(_ code: DiagnosticCode, to severity: Severity?) -> Bool {
        levels[code] = .some(severity)
        return mayLowerErrors || code.severity != .error || severity == .error
    }

    /// `nil` where it is turned off.
    func applied(to diagnostic: Diagnostic) -> Diagnostic? {
        guard let level = levels[diagnostic.code] else { return diagnostic }
        if !mayLowerErrors, diagnostic.severity == .error { return diagnostic }
        return level.map { Diagnostic(diagnostic.problem, at: diagnostic.place, severity: $0) }
    }
}

extension RunReport {
    /// Weighs what was found as the configuration of these documents says, before other documents' findings join.
    package mutating func apply(_ rules: SeverityRules) {
        diagnostics = diagnostics.compactMap(rules.applied)
    }
}
