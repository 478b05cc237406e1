package import TipinDiagnostics

extension ParseError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .notRegular:
            Problem(.documentUnreadable, "not a regular file", notes: ["pipes, devices and sockets are not read"])
        case .tooLarge(let size, let limit, let isWhole):
            Problem(
                .documentTooLarge, "document has more than \(limit >> 20) MB",
                notes: ["it has \(isWhole ? "" : "at least ")\(size) bytes"],
                help: ["raise limits.documentMB in tipin.json if it is meant to be"])
        case .changedWhileRead:
            Problem(
                .documentUnreadable, "file changed while it was read", help: ["run again when nobody writes to it"])
        }
    }
}
