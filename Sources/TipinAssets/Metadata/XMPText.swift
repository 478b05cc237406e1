/// A text of XMP (RDF in XML), looked at for properties that name a position.
struct XMPText {
    private let bytes: [UInt8]

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

    var speaksOfPosition: Bool { !positions.isEmpty }

    /// The text with spaces in the place of each such property, or, where the text cannot be followed, an empty one;
    /// its length stays.
    func withoutPosition() -> [UInt8] {
        let positions = positions
        if positions == [0..<bytes.count] { return Self.empty(length: bytes.count) }
        var result = bytes
        for range in positions {
            for index in range { result[index] = UInt8(ascii: " ") }
        }
        return result
    }

    private static func empty(length: Int) -> [UInt8] {
        let packet = Array("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".utf8)
        guard packet.count <= length else { return [UInt8](repeating: UInt8(ascii: " "), count: length) }
        return packet + [UInt8](repeating: UInt8(ascii: " "), count: length - packet.count)
    }

    private static let entity = Array("<!ENTITY".utf8)

    /// The elements and attributes that name a position; the whole text where they cannot be told apart.
    private var positions: [Range<Int>] {
        let whole = [0..<bytes.count]
        if bytes.contains(0) {  // UTF-16 or UTF-32.
            return XMPText(bytes.filter { $0 != 0 }[...]).speaksOfPosition ? whole : []
        }
        guard var tags = XMPTags(bytes).positions else { return whole }
        // What an entity stands for is written elsewhere than the property.
        if !tags.isEmpty, bytes.indices.contains(where: { bytes[$0...].starts(with: Self.entity) }) { return whole }
        tags += PositionTraces.addresses(in: bytes)
        tags.sort { $0.lowerBound < $1.lowerBound }
        var start = 0
        for range in tags + [bytes.count..<bytes.count] {
            // In a comment, or in markup that is not closed.
            let rest = bytes[start..<max(start, range.lowerBound)]
            if rest.indices.contains(where: { PositionNames.begin(rest[$0...]) }) { return whole }
            start = max(start, range.upperBound)
        }
        return tags
    }
}
