/// A stretch of a file that holds metadata.
enum MetadataPart: Equatable {
    /// Exif: a TIFF structure, or what should be one.
    case exif(Range<Int>)
    /// XMP: one text, in one or several pieces.
    case xmp([Range<Int>])
    /// Resources of Photoshop that stand in several pieces, one of which may begin in the middle of a resource.
    case resources([Range<Int>])
    /// A profile in hexadecimal digits.
    case rawProfile(Range<Int>)
    /// The records of a thermal camera, in one or several pieces.
    case thermal([Range<Int>])
    /// The box of a film that says where it was taken, from its type on.
    case movieLocation(Range<Int>)
    /// A block that names a position and is not overwritten but cut out as a whole.
    case block(Range<Int>)
    /// Bytes that nobody can look into, with something in them that looks like a position.
    case opaque(Range<Int>)
    /// Content credentials, in one or several pieces that make up one box.
    case credentials([Range<Int>])
    /// What stands in a box of another kind, in one or several pieces.
    case box([Range<Int>])

    /// An Exif block with all that stands in it: a packet of XMP, the resources of Photoshop, the thumbnail, which is a
    /// file with metadata of its own, and a maker's notes.
    static func exif(at range: Range<Int>, in bytes: [UInt8], depth: Int = 0) -> [MetadataPart] {
        let start = min(range.upperBound, range.lowerBound + exifHeaderLength(bytes[range]))
        let range = start..<range.upperBound
        var parts: [MetadataPart] = [.exif(range)]
        guard depth < 2, let block = TIFFBlock(bytes[range]) else { return parts }
        func place(_ range: Range<Int>) -> Range<Int> { start + range.lowerBound..<start + range.upperBound }
        for value in block.values {
            let whole = place(value.range)
            switch value.kind {
            case .packet: parts.append(.xmp([whole]))
            case .photoshop: parts += PhotoshopResources(bytes, in: whole).parts(depth: depth + 1)
            case .other: parts += opaque(whole, in: bytes)
            }
        }
        if let thumbnail = block.thumbnail {
            parts += JPEGContainer(bytes, in: place(thumbnail), depth: depth + 1).parts
        }
        return parts
    }

    /// How many bytes stand before an Exif block: `Exif` in whatever letters, a zero, one byte more, and up to four
    /// that readers pass over in front of it.
    static func exifHeaderLength(_ bytes: ArraySlice<UInt8>) -> Int {
        for skipped in 0...4 {
            let name = bytes.dropFirst(skipped).prefix(5).map { $0 & 0xDF }
            // The zero stays one without the bit that tells small letters from large ones; so does a space.
            guard name == Array("EXIF\0".utf8), bytes[bytes.startIndex + skipped + 4] == 0 else { continue }
            return skipped + 6
        }
        return 0
    }

    /// What nobody can look into, where it has traces of a position.
    static func opaque(_ range: Range<Int>, in bytes: [UInt8]) -> [MetadataPart] {
        PositionTraces.areIn(bytes[range]) ? [.opaque(range)] : []
    }

    func speaksOfPosition(in bytes: [UInt8]) -> Bool {
        switch self {
        // What cannot be read may say anything, as long as something is there.
        case .exif(let range): TIFFBlock(bytes[range])?.hasPosition ?? bytes[range].contains { $0 != 0 }
        case .xmp(let pieces): XMPText(pieces.flatMap { bytes[$0] }[...]).speaksOfPosition
        case .resources(let pieces): Self.resources(in: pieces.flatMap { bytes[$0] }).speakOfPosition
        case .rawProfile(let range): RawProfile(bytes[range]).speaksOfPosition
        case .thermal(let pieces): ThermalRecords(pieces.flatMap { bytes[$0] }).speaksOfPosition
        case .movieLocation, .block: true
        case .opaque(let range): PositionTraces.areIn(bytes[range])
        case .credentials(let pieces): ContentCredentials(pieces.map { bytes[$0] }).speakOfPosition
        case .box(let pieces): BoxContent(pieces.flatMap { bytes[$0] }).namesPosition
        }
    }

    /// Overwrites the position; the length stays.
    func removePosition(from bytes: inout [UInt8]) {
        switch self {
        case .exif(let range):
            let rest = TIFFBlock(bytes[range])?.withoutPosition() ?? TIFFBlock.emptied(bytes[range])
            bytes.replaceSubrange(range, with: rest)
        case .xmp(let pieces):
            Self.write(XMPText(pieces.flatMap { bytes[$0] }[...]).withoutPosition(), into: &bytes, at: pieces)
        case .resources(let pieces):
            Self.write(Self.resources(in: pieces.flatMap { bytes[$0] }).withoutPosition, into: &bytes, at: pieces)
        case .thermal(let pieces):
            Self.write(ThermalRecords(pieces.flatMap { bytes[$0] }).withoutPosition(), into: &bytes, at: pieces)
        case .rawProfile(let range): RawProfile(bytes[range]).removePosition(from: &bytes)
        case .movieLocation(let range): MovieLocation.remove(from: &bytes, at: range)
        case .block: break
        case .opaque(let range):
            bytes.replaceSubrange(range, with: [UInt8](repeating: 0, count: range.count))
        case .credentials(let pieces):
            for piece in pieces { bytes.replaceSubrange(piece, with: [UInt8](repeating: 0, count: piece.count)) }
        case .box(let pieces):
            Self.write(BoxContent(pieces.flatMap { bytes[$0] }).withoutPosition(), into: &bytes, at: pieces)
        }
    }

    private static func write(_ text: [UInt8], into bytes: inout [UInt8], at pieces: [Range<Int>]) {
        var text = text[...]
        for piece in pieces {
            bytes.replaceSubrange(piece, with: text.prefix(piece.count))
            text = text.dropFirst(piece.count)
        }
    }

    /// The resources that the pieces make together: whether they speak of a position, and what they are without.
    private static func resources(in joined: [UInt8]) -> (speakOfPosition: Bool, withoutPosition: [UInt8]) {
        let parts = PhotoshopResources(joined, in: joined.indices).parts(depth: 0)
            .filter { $0.speaksOfPosition(in: joined) }
        var result = joined
        for part in parts { part.removePosition(from: &result) }
        return (!parts.isEmpty, result)
    }

    /// What is to be cut out of the file.
    var dropped: Range<Int>? {
        if case .block(let range) = self { range } else { nil }
    }

    /// Where it stands.
    var pieces: [Range<Int>] {
        switch self {
        case .exif(let range), .rawProfile(let range), .movieLocation(let range), .block(let range),
            .opaque(let range):
            [range]
        case .xmp(let pieces), .resources(let pieces), .thermal(let pieces), .credentials(let pieces),
            .box(let pieces):
            pieces
        }
    }
}
