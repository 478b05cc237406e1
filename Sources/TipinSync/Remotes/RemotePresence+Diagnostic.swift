internal import TipinDiagnostics

extension RemotePresence {
    /// Why the bytes are not at an address, for people; `nil` where they are, or nobody knows.
    package func absence(at url: String) -> String? {
        switch self {
        case .missing: "'\(Redaction.redacted(url))' does not exist"
        case .different(let words): "'\(Redaction.redacted(url))': \(Redaction.printable(words))"
        case .present, .unknown: nil
        }
    }
}
