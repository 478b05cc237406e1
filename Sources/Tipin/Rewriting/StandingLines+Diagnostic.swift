internal import TipinDiagnostics

extension StandingLines.Unknown {
    /// A line that nobody can tell from others keeps all of its file from those who have the older ones.
    /// - Parameters:
    ///   - older: absolute; what stays.
    ///   - refusal: why lines of the file were not to be written.
    ///   - label: of the file that was read.
    func diagnostic(of older: String, _ refusal: DocumentPipeline.Refusal, in label: String) -> Diagnostic {
        let problem = Problem(
            .documentNotPublished, "none of the lines was published, because \(reason)",
            notes: ["'\(Redaction.printable(older))' stays as an earlier run wrote it"], help: help,
            isTransient: refusal == .transient)
        return Diagnostic(problem, at: Place(file: label, line: line))
    }

    private var line: Int? {
        switch self {
        case .noDocument: nil
        case .noID(let line), .sharedID(let line): line
        }
    }

    private var reason: String {
        switch self {
        case .noDocument: "one is no document"
        case .noID: "one that stays has no id"
        case .sharedID: "one that stays shares its id"
        }
    }

    private var help: [String] {
        switch self {
        case .noDocument: ["mend the lines that are named, or take them out, and run again"]
        case .noID, .sharedID:
            [
                "give this line an id of its own, and run again",
                "or let it be published too: mend it, or name its book with --book",
            ]
        }
    }
}
