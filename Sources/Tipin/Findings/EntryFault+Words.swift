internal import TipinDiagnostics
internal import TipinDocument

extension EntryFault {
    /// What is wrong, for a message that shows where.
    var words: String {
        let name = "'\(Redaction.printable(String(key.prefix(40))))'"
        switch kind {
        case .notAnObject: return "what stands under \(name) is no object"
        case .noDigest: return "the entry \(name) has no 'sha256'"
        case .badDigest: return "the 'sha256' of the entry \(name) is not 64 hexadecimal digits"
        }
    }
}
