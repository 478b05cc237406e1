package import TipinDiagnostics

extension RebookError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .same(let book):
            Problem(
                .usage, "book has the id '\(Redaction.printable(book))' already",
                help: ["give the old id, then the new one"])
        case .unknown(let book, let standing):
            Problem(
                .bookUnknown,
                "nothing to do: no asset belongs to '\(Redaction.printable(String(book.prefix(24))))'",
                notes: standing.map { new in
                    [
                        "the store has book '\(Redaction.printable(new))': if its id was "
                            + "'\(Redaction.printable(book))' once, nothing is left to do"
                    ]
                } ?? [],
                help: ["'tipin assets list --book ID' shows what the store has of a book"])
        case .obstacles(let words):
            Problem(
                .rebookConflict, "book cannot get the other id, and nothing was changed",
                notes: words.prefix(4).map { Redaction.printable($0) },
                help: [
                    "settle a cover with 'tipin assets unlink', bring bytes here with 'tipin sync PATH', then run again"
                ])
        }
    }
}
