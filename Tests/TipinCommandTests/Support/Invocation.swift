/// One run of the command: what was typed and what came back.
struct Invocation: Sendable {
    let arguments: [String]
    /// The exit status; 128 and the signal's number where one ended the process.
    let status: Int32
    let output: String
    let errors: String

    /// As a person at a terminal would have seen it; empty streams are left out.
    var transcript: String {
        let words = arguments.map { $0.isEmpty || $0.contains(where: { " ?'".contains($0) }) ? "'\($0)'" : $0 }
        var text = (["$ tipin"] + words).joined(separator: " ") + "\n[status \(status)]\n"
        if !output.isEmpty { text += "--- stdout\n" + Self.ended(output) }
        if !errors.isEmpty { text += "--- stderr\n" + Self.ended(errors) }
        return text
    }

    private static func ended(_ text: String) -> String {
        text.hasSuffix("\n") ? text : text + "\n(no newline at the end)\n"
    }
}
