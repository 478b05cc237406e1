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
        case .invalidWhitespace:
            Problem(.notJSON, "document is not JSON", notes: ["a vertical tab or form feed is not white space in JSON"])
        case .truncated:
            Problem(.notJSON, "document is not JSON", notes: ["the text ends inside a value"])
        case .syntax(let words):
            Problem(.notJSON, "document is not JSON", notes: [words])
        case .tooDeep(let limit):
            Problem(
                .nestingTooDeep, "document is nested deeper than \(limit) levels",
                help: ["raise limits.depth in tipin.json if it is meant to be"])
        case .stopped:
            Problem(.internalError, "reading the document was stopped")
        }
    }
}
