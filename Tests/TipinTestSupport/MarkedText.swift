/// A text with `«` and `»` around the places that a test speaks of, so that no test counts bytes.
///
/// Marks may stand inside one another; the ranges come in the order of their `«`.
package struct MarkedText: Sendable {
    /// The text without its marks.
    package let bytes: [UInt8]
    /// What stood between marks, in bytes.
    package let ranges: [Range<Int>]

    package init(_ marked: String) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        var open: [Int] = []
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«":
                open.append(ranges.count)
                ranges.append(bytes.count..<bytes.count)
            case "»":
                guard let index = open.popLast() else { preconditionFailure("a » without its «") }
                ranges[index] = ranges[index].lowerBound..<bytes.count
            default: bytes += Array(String(scalar).utf8)
            }
        }
        precondition(open.isEmpty, "a « without its »")
        self.bytes = bytes
        self.ranges = ranges
    }

    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// What stands between the marks, in order.
    package var pieces: [String] { ranges.map { String(decoding: bytes[$0], as: UTF8.self) } }
}
