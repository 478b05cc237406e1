/// The resources of Photoshop in a JPEG segment APP13 (Adobe Photoshop file formats, image resource blocks).
struct PhotoshopResources {
    private let bytes: [UInt8]
    private let range: Range<Int>

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    /// Exif and XMP, which may be kept there too, and the metadata of the thumbnail.
    func parts(depth: Int) -> [MetadataPart] {
        var parts: [MetadataPart] = []
        let view = ByteView(bytes: bytes)
        var place = range.lowerBound
        while place + 12 <= range.upperBound, view.has("8BIM", at: place) {
            let name = Int(bytes[place + 6]) + 1
            let length = place + 6 + name + name % 2
            guard length + 4 <= range.upperBound, let count = view.big(length, 4) else { break }
            let content = length + 4
            guard count <= range.upperBound - content else { break }
            switch view.big(place + 4, 2) {
            case 0x0422, 0x0423: parts += MetadataPart.exif(at: content..<content + count, in: bytes, depth: depth)
            case 0x0424: parts.append(.xmp([content..<content + count]))
            case 0x0409, 0x040C:  // A JPEG file after 28 bytes about it.
                guard count > 28, depth < 2 else { break }
                parts += JPEGContainer(bytes, in: content + 28..<content + count, depth: depth + 1).parts
            default: break
            }
            place = content + count + count % 2
        }
        return parts
    }
}
