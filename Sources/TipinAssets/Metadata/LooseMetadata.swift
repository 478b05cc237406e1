/// Metadata in bytes whose structure is not followed: what stands behind a picture's end, and all of a PDF.
///
/// Everything that it finds is overwritten where it stands, so that no offset in the file changes.
enum LooseMetadata {
    static func parts(in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        guard start < bytes.count else { return [] }
        return pictures(in: bytes, from: start) + blocks(in: bytes, from: start) + packets(in: bytes, from: start)
            + MovieLocation.parts(in: bytes, from: start)
            + PositionTraces.notations(in: bytes, from: start).map { .opaque($0) }
    }

    /// JPEG files: the further pictures of a multi-picture file, and what a PDF shows.
    private static func pictures(in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        var parts: [MetadataPart] = []
        var place = start
        while place + 3 <= bytes.count, let next = bytes[place...].firstIndex(of: 0xFF), next + 3 <= bytes.count {
            guard bytes[next + 1] == 0xD8, bytes[next + 2] == 0xFF else {
                place = next + 1
                continue
            }
            let file = JPEGContainer(bytes, in: next..<bytes.count, depth: 1)
            parts += file.parts
            place = max(next + 2, file.end)
        }
        return parts
    }

    /// Exif that stands by itself: of a picture whose own beginning is damaged readers still find the block.
    private static func blocks(in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        ExifSearch.positions(in: bytes[start...]).map { .exif($0) }
    }

    /// Texts of XMP, which are often left uncompressed so that programs find them.
    private static func packets(in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        let (opening, closing) = (Array("<x:xmpmeta".utf8), Array("</x:xmpmeta>".utf8))
        var parts: [MetadataPart] = []
        var place = start
        while let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            place = next + 1
            guard bytes[next...].starts(with: opening) else { continue }
            var end = place
            while let close = bytes[end...].firstIndex(of: UInt8(ascii: "<")), !bytes[close...].starts(with: closing) {
                end = close + 1
            }
            let after = bytes[end...].firstIndex(of: UInt8(ascii: "<")).map { $0 + closing.count } ?? bytes.count
            parts.append(.xmp([next..<after]))
            place = after
        }
        return parts
    }
}
