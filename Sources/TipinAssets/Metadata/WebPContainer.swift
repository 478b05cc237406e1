/// The chunks of a WebP file (RFC 9649, 2.3).
struct WebPContainer: PictureContainer {
    private struct Chunk {
        var type: String
        /// Type, length, content and padding.
        var whole: Range<Int>
        var content: Range<Int>
    }

    private let bytes: [UInt8]
    private var chunks: [Chunk] = []
    private var isWhole = false
    /// The first byte after the file's end, or where it cannot be followed any further.
    private var end = 0

    init?(_ bytes: [UInt8]) {
        let view = ByteView(bytes: bytes)
        guard view.has("RIFF", at: 0), view.has("WEBP", at: 8), let size = view.little(4, 4) else { return nil }
        self.bytes = bytes
        let limit = min(bytes.count, 8 + size)
        var place = 12
        while place + 8 <= limit, let length = view.little(place + 4, 4), place + 8 + length <= bytes.count {
            let content = place + 8..<place + 8 + length
            let after = min(bytes.count, content.upperBound + length % 2)
            let type = String(decoding: bytes[place..<place + 4], as: UTF8.self)
            chunks.append(Chunk(type: type, whole: place..<after, content: content))
            place = after
        }
        isWhole = place >= limit && !chunks.isEmpty
        end = place
    }

    var parts: [MetadataPart] {
        chunks.flatMap { chunk -> [MetadataPart] in
            switch chunk.type {
            case "EXIF": MetadataPart.exif(at: chunk.content, in: bytes)
            case "XMP ": [.xmp([chunk.content])]
            case "C2PA": [.credentials([chunk.content])]
            case let type where Self.needed.contains(type): []
            default: MetadataPart.opaque(chunk.content, in: bytes)
            }
        } + LooseMetadata.parts(in: bytes, from: end)
    }

    func withoutMetadata() -> [UInt8]? {
        guard isWhole else { return nil }
        let orientation = orientationChunk
        var body: [UInt8] = []
        for chunk in chunks where Self.needed.contains(chunk.type) {
            let start = body.count
            body += bytes[chunk.whole]
            guard chunk.type == "VP8X", chunk.content.count >= 10 else { continue }
            body[start + 8] &= ~(Self.exifFlag | Self.packetFlag)
            if !orientation.isEmpty { body[start + 8] |= Self.exifFlag }
        }
        body += orientation
        let size = withUnsafeBytes(of: UInt32(clamping: body.count + 4).littleEndian, Array.init)
        return Array("RIFF".utf8) + size + Array("WEBP".utf8) + body
    }

    private static let exifFlag: UInt8 = 0x08
    private static let packetFlag: UInt8 = 0x04

    private static let needed: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]

    /// Decoders apply what stands in the first chunk, where the flags say that there is one.
    private var orientationChunk: [UInt8] {
        guard let flags = chunks.first(where: { $0.type == "VP8X" }).flatMap({ bytes[$0.content].first }),
            flags & Self.exifFlag != 0, let chunk = chunks.first(where: { $0.type == "EXIF" })
        else { return [] }
        let header = Array("Exif\0\0".utf8)
        let exif = bytes[chunk.content]
        let block = exif.starts(with: header) ? exif.dropFirst(header.count) : exif
        guard let orientation = TIFFBlock.orientation(in: block) else { return [] }
        let content = TIFFBlock.orientationOnly(orientation)
        return Array("EXIF".utf8) + withUnsafeBytes(of: UInt32(content.count).littleEndian, Array.init) + content
    }
}
