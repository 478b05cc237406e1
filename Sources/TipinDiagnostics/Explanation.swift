/// What `tipin explain` prints for a code.
package struct Explanation: Sendable, Equatable {
    package let code: DiagnosticCode
    /// The state, when it arises, and what tipin did or did not do.
    package let meaning: String
    /// Lines of JSON, a command or a message, shown as they stand.
    package let example: String
    /// What to do, as instructions.
    package let help: String

    /// - Parameters:
    ///   - meaning: one paragraph; where its lines break does not count.
    ///   - help: likewise.
    init(_ code: DiagnosticCode, meaning: String, example: String, help: String) {
        self.code = code
        self.meaning = Self.joined(meaning)
        self.example = example
        self.help = Self.joined(help)
    }

    /// For a terminal of 80 columns, with a line feed at the end.
    package var text: String {
        let indent = "    "
        let lines =
            ["\(code.severity.rawValue)[\(code.rawValue)]", ""]
            + Self.wrapped(meaning, width: 80)
            + ["", "Example:"] + example.split(separator: "\n").map { indent + $0 }
            + ["", "What to do:"] + Self.wrapped(help, width: 80 - indent.count).map { indent + $0 }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func joined(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
