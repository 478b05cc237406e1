/// A text of XMP (RDF in XML), looked at for properties that name a position.
struct XMPText {
    private let bytes: [UInt8]

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

    var speaksOfPosition: Bool { !positions.isEmpty }

    /// 2 to 8 where the picture is to be turned or mirrored, by the property that readers look for (`tiff:Orientation`,
    /// as an attribute or an element).
    var orientation: Int? {
        let name = Array("tiff:Orientation".utf8)
        var place = 0
        while let start = bytes[place...].firstIndex(of: name[0]) {
            place = start + 1
            guard bytes[start...].starts(with: name) else { continue }
            let rest = bytes[(start + name.count)...].drop { " \t\r\n=>\"'".utf8.contains($0) }.prefix(2)
            guard let digit = rest.first.map({ Int($0) - 0x30 }), 2...8 ~= digit,
                rest.dropFirst().first.map({ !(0x30...0x39 ~= $0) }) ?? false
            else { continue }
            return digit
        }
        return nil
    }

    /// A text with the orientation and nothing else.
    static func orientationOnly(_ orientation: Int) -> [UInt8] {
        let text =
            #"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">"#
            + #"<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" "#
            + #"tiff:Orientation="\#(orientation)"/></rdf:RDF></x:xmpmeta>"#
        return Array(text.utf8)
    }

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
