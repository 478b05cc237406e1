internal import TipinFiles

/// A JSON text with an empty array as a member, whose elements lie elsewhere.
struct SplicedArray {
    /// What comes before the first element, and after the last.
    let before: ArraySlice<UInt8>
    let after: ArraySlice<UInt8>

    /// - Parameters:
    ///   - name: of the member; ASCII letters.
    ///   - text: minified; it has one such member.
    init(_ name: String, in text: [UInt8]) {
        // A quotation mark that is none of a string's text stands for itself nowhere else.
        let member = Array("\"\(name)\":[]".utf8)
        guard let place = text.firstRange(of: member)?.upperBound else { preconditionFailure("no member '\(name)'") }
        before = text[..<(place - 1)]
        after = text[(place - 1)...]
    }

    /// - Parameter elements: one a line.
    func write(_ elements: LineSpool, to output: ([UInt8]) throws -> Void) throws {
        try output(Array(before))
        try elements.read(joinedBy: [UInt8(ascii: ",")], output)
        try output(Array(after))
    }
}
