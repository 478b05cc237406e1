/// Says diagnostics to a person: one block each, equal ones grouped.
package struct TerminalRenderer: Sendable {
    /// Whether escape sequences colour the text; the words alone carry all meaning.
    private let isColored: Bool
    /// How many of a group are shown before the rest is counted.
    private let groupLimit: Int

    package init(isColored: Bool, groupLimit: Int = 3) {
        self.isColored = isColored
        self.groupLimit = groupLimit
    }

    /// All of them in canonical order; of those that say the same the first few, then how many more there are.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var shown: [Group: Int] = [:]
        for diagnostic in diagnostics { shown[Group(diagnostic), default: 0] += 1 }
        let totals = shown
        shown = [:]
        var output = ""
        for diagnostic in diagnostics.sorted(by: Diagnostic.canonicalOrder) {
            let group = Group(diagnostic)
            shown[group, default: 0] += 1
            let count = shown[group] ?? 0
            // Counting one more than is shown would take as much room as showing it.
            guard count <= groupLimit || totals[group] == groupLimit + 1 else { continue }
            output += render(diagnostic)
            if count == groupLimit, let total = totals[group], total > groupLimit + 1 {
                output += "  … and \(total - groupLimit) more like this\n\n"
            }
        }
        return output
    }

    private struct Group: Hashable {
        let severity: Severity
        let code: DiagnosticCode
        let headline: String

        init(_ diagnostic: Diagnostic) {
            severity = diagnostic.severity
            code = diagnostic.code
            headline = diagnostic.problem.headline
        }
    }

    package func render(_ diagnostic: Diagnostic) -> String {
        let problem = diagnostic.problem
        let label = colored("\(diagnostic.severity.rawValue)[\(problem.code.rawValue)]", diagnostic.severity)
        var lines = ["\(label): \(bold(Redaction.printable(problem.headline)))"]
        let margin = String(repeating: " ", count: diagnostic.place?.line.map { String($0).count } ?? 1)
        if let place = diagnostic.place {
            lines.append("\(margin)\(dim("-->")) \(location(place))")
            if let excerpt = place.excerpt, let line = place.line {
                lines.append("\(margin) \(dim("|"))")
                lines.append("\(dim(String(line))) \(dim("|")) \(excerpt.text)")
                let underline = String(repeating: "^", count: min(excerpt.width, 60))
                lines.append(
                    "\(margin) \(dim("|")) \(String(repeating: " ", count: excerpt.indent))"
                        + colored(underline, diagnostic.severity))
            }
        }
        lines += problem.notes.map { "\(margin) \(dim("=")) note: \(Redaction.printable($0))" }
        lines += problem.help.map { "\(margin) \(dim("=")) help: \(Redaction.printable($0))" }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private func location(_ place: Place) -> String {
        var text = Redaction.printable(place.file)
        if let line = place.line {
            text += ":\(line)"
            if let column = place.column { text += ":\(column)" }
        }
        if let pointer = place.pointer { text += "   \(Redaction.shortened(Redaction.printable(pointer)))" }
        return text
    }

    private func colored(_ text: String, _ severity: Severity) -> String {
        switch severity {
        case .error: escape("1;31", text)
        case .warning: escape("1;33", text)
        case .note: escape("1;36", text)
        }
    }

    private func bold(_ text: String) -> String { escape("1", text) }
    private func dim(_ text: String) -> String { escape("2", text) }

    private func escape(_ code: String, _ text: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
