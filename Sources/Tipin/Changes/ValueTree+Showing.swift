internal import TipinDiagnostics
internal import TipinJSON

extension ValueTree {
    /// A value on one line for people: addresses are without secrets, `data:` URLs and what is long are shortened.
    /// - Parameter width: at most so many characters.
    func shown(_ place: Int = 0, width: Int = 240) -> String {
        let bytes = compact(place) { token in
            let text = token.withUnsafeBufferPointer { JSONString.text($0) }
            // Enough to tell what it is, and no more than is shown anyway.
            let safe = Redaction.redacted(String(text.prefix(4 * width)))
            var quoted: [UInt8] = []
            JSONString.append(safe.utf8, to: &quoted, keepsUnicode: true)
            return [UInt8(ascii: "\"")] + quoted + [UInt8(ascii: "\"")]
        }
        let text = Redaction.printable(String(decoding: bytes, as: UTF8.self))
        return text.count > width ? String(text.prefix(width - 1)) + "…" : text
    }
}
