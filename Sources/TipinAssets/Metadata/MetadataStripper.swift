/// Removes metadata without decoding the picture: pixels, colour profile and orientation stay as they are.
package enum MetadataStripper {
    /// Raised when the same bytes would be stripped to others than before.
    package static let version = 7

    /// The bytes as the rule wants them; the very same where there is nothing to remove.
    ///
    /// `strip-gps` overwrites positions where they stand, so that the length of a JPEG, WebP or PDF and every offset in
    /// it stay. What is signed, or cannot be looked into, is overwritten as a whole. Of a PNG only Exif, packets of XMP
    /// and uncompressed profiles are overwritten; its other chunks and the blocks of a GIF are taken out where they
    /// name a position, and compressed texts always, but for an orientation in them. Of a PDF, what stands uncompressed
    /// is overwritten; the rest of its metadata stays whatever the rule.
    /// Exif: CIPA DC-008. XMP: ISO 16684-1 and XMP specification part 3.
    package static func stripped(
        _ bytes: [UInt8], type: FileType, rule: MetadataRule
    ) throws(MetadataError) -> [UInt8] {
        switch rule {
        case .keep: return bytes
        case .stripGPS: return withoutPosition(bytes, type: type)
        case .stripAll:
            guard let kind = container(for: type), type != .pdf else { return withoutPosition(bytes, type: type) }
            guard let result = kind.init(bytes)?.withoutMetadata() else { throw .malformed(type) }
            return result == bytes ? bytes : result
        }
    }

    /// Whether the file says where its picture was taken. What cannot be looked into counts as a position.
    package static func hasPosition(_ bytes: [UInt8], type: FileType) -> Bool {
        guard let kind = container(for: type) else { return XMPText(bytes[...]).speaksOfPosition }
        return kind.init(bytes)?.parts.contains { $0.speaksOfPosition(in: bytes) } ?? false
    }

    /// The keywords of a PNG's compressed texts that a person wrote and `strip-gps` takes out, because nobody can look
    /// into them.
    static func sealedTexts(_ bytes: [UInt8], type: FileType) -> [String] {
        type == .png ? PNGContainer(bytes)?.sealedTexts ?? [] : []
    }

    /// What `strip-gps` takes out as a whole because of a position in it, by the names that a person has for it.
    static func removals(_ bytes: [UInt8], type: FileType) -> [String] {
        guard let container = container(for: type)?.init(bytes) else { return [] }
        let parts = container.parts.filter { $0.speaksOfPosition(in: bytes) }
        var known: Set<String> = []
        return parts.compactMap(container.name).filter { known.insert($0).inserted }
    }

    private static func withoutPosition(_ bytes: [UInt8], type: FileType) -> [UInt8] {
        guard let kind = container(for: type) else { return bytes }
        var result = bytes
        // In a broken structure, what is taken out of the way may show something that was hidden behind it.
        for _ in 0..<repetitions {
            guard let container = kind.init(result) else { break }
            let parts = container.parts.filter { $0.speaksOfPosition(in: result) }
            guard !parts.isEmpty else { break }
            for part in parts { part.removePosition(from: &result) }
            container.repair(&result, after: parts)
            result = remainder(of: result, without: parts.compactMap(\.dropped), in: container)
        }
        return result
    }

    /// - Parameter dropped: blocks, none of which overlaps another.
    private static func remainder(
        of bytes: [UInt8], without dropped: [Range<Int>], in container: any PictureContainer
    ) -> [UInt8] {
        guard !dropped.isEmpty else { return bytes }
        var result: [UInt8] = []
        var place = 0
        for range in dropped.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            result += bytes[place..<range.lowerBound] + container.remainder(of: range)
            place = range.upperBound
        }
        return result + bytes[place...]
    }

    private static let repetitions = 4

    private static func container(for type: FileType) -> (any PictureContainer.Type)? {
        switch type {
        case .jpeg: JPEGContainer.self
        case .png: PNGContainer.self
        case .webp: WebPContainer.self
        case .gif: GIFContainer.self
        case .pdf: PDFContainer.self
        case .svg: nil
        }
    }
}
