/// A stretch of a file that holds metadata.
enum MetadataPart: Equatable {
    /// Exif: a TIFF structure.
    case exif(Range<Int>)
    /// XMP: one text, in one or several pieces.
    case xmp([Range<Int>])
    /// The box of a film that says where it was taken, from its type on.
    case movieLocation(Range<Int>)
    /// A block that names a position and is not overwritten but cut out as a whole.
    case block(Range<Int>)

    /// An Exif block and the thumbnail in it, which is a file with metadata of its own.
    static func exif(at range: Range<Int>, in bytes: [UInt8], depth: Int = 0) -> [MetadataPart] {
        let start = bytes[range].starts(with: Array("Exif\0\0".utf8)) ? range.lowerBound + 6 : range.lowerBound
        let range = start..<range.upperBound
        guard depth < 2, let thumbnail = TIFFBlock(bytes[range])?.thumbnail else { return [.exif(range)] }
        let place = start + thumbnail.lowerBound..<start + thumbnail.upperBound
        return [.exif(range)] + JPEGContainer(bytes, in: place, depth: depth + 1).parts
    }

    func speaksOfPosition(in bytes: [UInt8]) -> Bool {
        switch self {
        case .exif(let range): TIFFBlock(bytes[range])?.hasPosition ?? false
        case .xmp(let pieces): XMPText(pieces.flatMap { bytes[$0] }[...]).speaksOfPosition
        case .movieLocation, .block: true
        }
    }

    /// Overwrites the position; the length stays.
    func removePosition(from bytes: inout [UInt8]) {
        switch self {
        case .exif(let range):
            guard var block = TIFFBlock(bytes[range]) else { return }
            block.removePosition()
            bytes.replaceSubrange(range, with: block.bytes)
        case .xmp(let pieces):
            var text = XMPText(pieces.flatMap { bytes[$0] }[...]).withoutPosition()[...]
            for piece in pieces {
                bytes.replaceSubrange(piece, with: text.prefix(piece.count))
                text = text.dropFirst(piece.count)
            }
        case .movieLocation(let range): MovieLocation.remove(from: &bytes, at: range)
        case .block: break
        }
    }

    /// What is to be cut out of the file.
    var dropped: Range<Int>? {
        if case .block(let range) = self { range } else { nil }
    }

    /// Whether a block of the file holds some of it.
    func lies(in block: Range<Int>) -> Bool {
        switch self {
        case .exif(let range), .movieLocation(let range), .block(let range): block.overlaps(range)
        case .xmp(let pieces): pieces.contains { block.overlaps($0) }
        }
    }
}
