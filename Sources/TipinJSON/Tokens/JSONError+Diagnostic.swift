package import TipinDiagnostics

extension JSONError: DiagnosticConvertible {
    package var problem: Problem {
        switch reason {
        case .empty:
            Problem(.documentEmpty, "document is empty", help: ["restore it from a backup, or leave it out"])
        case .invalidUTF8:
            Problem(
                .invalidUTF8, "document is not valid UTF-8",
                help: ["save it as UTF-8; the place is that of the first wrong byte"])
        case .invalidWhitespace, .truncated, .syntax: Problem(.notJSON, "document is not JSON", notes: [words])
        case .tooDeep(let limit):
            Problem(
                .nestingTooDeep, "document is nested deeper than \(limit) levels",
                help: ["raise limits.depth in tipin.json if it is meant to be"])
        case .textsTooLarge: Problem(.documentTooLarge, "document has too much text in strings", notes: [words])
        case .stopped:
            Problem(.internalError, "reading the document was stopped")
        }
    }

    /// What is wrong, for a message that says of what.
    package var words: String {
        switch reason {
        case .empty: "there is nothing in it"
        case .invalidUTF8: "it is not valid UTF-8"
        case .invalidWhitespace: "a vertical tab or form feed is not white space in JSON"
        case .truncated: "the text ends inside a value"
        case .syntax(let words): words
        case .tooDeep(let limit): "it is nested deeper than \(limit) levels; limits.depth in tipin.json says how many"
        case .textsTooLarge(let limit):
            "the texts inside one another would take more than \(limit >> 20) MB of memory"
        case .stopped: "reading it was stopped"
        }
    }
}
