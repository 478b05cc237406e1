/// Percent-encoding (RFC 3986, 2.1).
package enum PercentCoding {
    /// Bytes with `%XX` decoded; a `%` without two digits stays.
    package static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = text.startIndex
        while index != text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            guard byte == UInt8(ascii: "%"), let high = digit(text, index),
                let low = digit(text, text.index(after: index))
            else {
                output.append(byte)
                continue
            }
            output.append(high << 4 | low)
            index = text.index(index, offsetBy: 2)
        }
        return output
    }

    package static func decoded(_ text: String) -> String {
        String(decoding: decoded(Array(text.utf8)), as: UTF8.self)
    }

    private static func digit<Text: Collection<UInt8>>(_ text: Text, _ index: Text.Index) -> UInt8? {
        guard index < text.endIndex else { return nil }
        switch text[index] {
        case let byte where byte >= 0x30 && byte <= 0x39: return byte - 0x30
        case let byte where byte >= 0x41 && byte <= 0x46: return byte - 0x41 + 10
        case let byte where byte >= 0x61 && byte <= 0x66: return byte - 0x61 + 10
        default: return nil
        }
    }
}
