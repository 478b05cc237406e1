/// The resources of Photoshop, as a JPEG segment APP13 holds them (Adobe Photoshop file formats, image resource
/// blocks).
struct PhotoshopResources {
    /// What comes before them, of Photoshop itself and of its second version.
    static let headers: [StaticString] = ["Photoshop 3.0\0", "Adobe_Photoshop2.5:"]
    /// The header of the second version is followed by numbers.
    private static let oldHeaderLength = 27

    private let bytes: [UInt8]
    private let range: Range<Int>

    /// - Parameter range: with the header or without.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        self.range = Self.afterHeader(range, in: bytes)
    }

    /// What stands after the header, where there is one.
    static func afterHeader(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        let view = ByteView(bytes: bytes)
        guard let header = headers.first(where: { view.has($0, at: range.lowerBound) }) else { return range }
        let length = header.utf8CodeUnitCount == 14 ? 14 : oldHeaderLength
        return min(range.lowerBound + length, range.upperBound)..<range.upperBound
    }

    /// Exif and XMP, which may be kept there too, and the metadata of the thumbnail. A resource that promises more
    /// bytes than there are goes to their end; what follows something that is no resource is looked at as it is.
    func parts(depth: Int) -> [MetadataPart] {
        var parts: [MetadataPart] = []
        let view = ByteView(bytes: bytes)
        var place = range.lowerBound
        while place + 12 <= range.upperBound, Self.signatures.contains(where: { view.has($0, at: place) }) {
            let name = Int(bytes[place + 6]) + 1
            let length = place + 6 + name + name % 2
            guard length + 4 <= range.upperBound, let promised = view.big(length, 4) else { break }
            let content = length + 4..<length + 4 + min(promised, range.upperBound - length - 4)
            parts += resource(view.big(place + 4, 2), content, depth: depth)
            place = content.upperBound + content.count % 2
        }
        guard place < range.upperBound else { return parts }
        return parts + MetadataPart.opaque(place..<range.upperBound, in: bytes)
    }

    /// Of Photoshop, ImageReady, PhotoDeluxe and others.
    private static let signatures: [StaticString] = ["8BIM", "PHUT", "DCSR", "AgHg", "MeSa"]

    private func resource(_ id: Int?, _ content: Range<Int>, depth: Int) -> [MetadataPart] {
        switch id {
        case 0x0422, 0x0423: return MetadataPart.exif(at: content, in: bytes, depth: depth)
        case 0x0424: return [.xmp([content])]
        case 0x0409, 0x040C:  // A JPEG file after 28 bytes about it.
            guard content.count > 28, depth < 2 else { return [] }
            return JPEGContainer(bytes, in: content.lowerBound + 28..<content.upperBound, depth: depth + 1).parts
        default: return MetadataPart.opaque(content, in: bytes)
        }
    }
}
