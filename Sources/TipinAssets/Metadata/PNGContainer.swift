internal import TipinDiagnostics

/// The chunks of a PNG file (PNG third edition, 5).
struct PNGContainer: PictureContainer {
    private struct Chunk {
        var type: String
        /// Length, type, content and checksum.
        var whole: Range<Int>
        var content: Range<Int>
    }

    private let bytes: [UInt8]
    private var chunks: [Chunk] = []
    /// The first byte after the file's end, or where it cannot be followed any further.
    private var end = 8
    /// Where the first chunks begin that are compressed and may be taken apart: a file of bombs must not cost more than
    /// a few of them.
    private var inflatable: Set<Int> = []

    init?(_ bytes: [UInt8]) {
        let view = ByteView(bytes: bytes)
        guard view[0] == 0x89, view.has("PNG\u{0D}\u{0A}\u{1A}\u{0A}", at: 1) else { return nil }
        self.bytes = bytes
        var place = 8
        while let length = view.big(place, 4), place + 12 + length <= bytes.count {
            let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            let whole = place..<place + 12 + length
            chunks.append(Chunk(type: type, whole: whole, content: place + 8..<place + 8 + length))
            place = whole.upperBound
            end = place
            if type == "IEND" { break }
        }
        inflatable = Set(chunks.lazy.filter(isCompressed).prefix(8).map(\.whole.lowerBound))
    }

    var parts: [MetadataPart] {
        chunks.flatMap { chunk -> [MetadataPart] in
            switch chunk.type {
            case "eXIf", "exIf": MetadataPart.exif(at: chunk.content, in: bytes)
            // Compressed Exif, of a draft.
            case "zxIf": orientationChunk(of: chunk)[...] == bytes[chunk.whole] ? [] : [.block(chunk.whole)]
            case "iTXt", "tEXt", "zTXt": textParts(chunk)
            case "caBX": holdsPlacedCredentials(chunk) ? [.block(chunk.whole)] : []
            case let type where Self.needed.contains(type) || type.first?.isUppercase == true: []
            default: PositionTraces.areIn(bytes[chunk.content]) ? [.block(chunk.whole)] : []
            }
        } + LooseMetadata.parts(in: bytes, from: end)
    }

    private func holdsPlacedCredentials(_ chunk: Chunk) -> Bool {
        ContentCredentials([bytes[chunk.content]]).speakOfPosition
    }

    /// Texts whose keywords say that they hold XMP, a raw profile, or one property of Exif.
    private func textParts(_ chunk: Chunk) -> [MetadataPart] {
        let content = bytes[chunk.content]
        let key = content.prefix { $0 != 0 }
        let keyword = String(decoding: key, as: UTF8.self).lowercased()
        let text = content.dropFirst(key.count + 1)
        if keyword == "xml:com.adobe.xmp", chunk.type == "iTXt" { return packet(text, of: chunk) }
        let isProfile = keyword.hasPrefix(Self.profileKeyword)
        if PositionNames.isName(keyword) || keyword == "xml:com.adobe.xmp" { return [.block(chunk.whole)] }
        // A colour profile has no place for coordinates.
        if isProfile && ["icc", "icm"].contains(where: keyword.hasSuffix) { return [] }
        // Whatever its keyword says, what is compressed may hold what is removed where it can be read.
        if isCompressed(chunk) || PositionTraces.areIn(text) || PositionNames.isPlace(text, under: keyword) {
            return [.block(chunk.whole)]
        }
        return isProfile ? [.rawProfile(text.startIndex..<chunk.content.upperBound)] : []
    }

    private static let profileKeyword = "raw profile type "

    private func isCompressed(_ chunk: Chunk) -> Bool {
        ["zTXt", "zxIf"].contains(chunk.type)
            || chunk.type == "iTXt" && bytes[chunk.content].drop { $0 != 0 }.dropFirst().first != 0
    }

    /// The keywords of what a person wrote, of which nobody can see whether it names a position.
    var sealedTexts: [String] {
        chunks.filter { ["iTXt", "zTXt"].contains($0.type) && isCompressed($0) }
            .map { String(decoding: bytes[$0.content].prefix { $0 != 0 }, as: UTF8.self) }
            .filter { Self.textKeywords.contains($0.lowercased()) }
    }

    func name(of part: MetadataPart) -> String? {
        guard let block = part.dropped, let chunk = chunk(at: block) else { return nil }
        switch chunk.type {
        case "caBX": return ContentCredentials.name
        case "iTXt", "tEXt":
            let keyword = String(decoding: bytes[chunk.content].prefix { $0 != 0 }, as: UTF8.self)
            // Of what is compressed 'sealedTexts' speaks.
            let isMissed = !isCompressed(chunk) && !PositionNames.isName(keyword)
            return isMissed ? "text '\(Redaction.printable(keyword))'" : nil
        default: return nil
        }
    }

    /// 11.3.3.1.
    private static let textKeywords: Set<String> = [
        "title", "author", "description", "copyright", "creation time", "software", "disclaimer", "warning", "source",
        "comment", "collection",
    ]

    /// 11.3.3.4: compression flag and method, language, translated keyword, text.
    private func packet(_ rest: ArraySlice<UInt8>, of chunk: Chunk) -> [MetadataPart] {
        guard rest.first == 0 else { return [.block(chunk.whole)] }
        let language = rest.dropFirst(2).drop { $0 != 0 }.dropFirst()
        let text = language.drop { $0 != 0 }.dropFirst()
        return [.xmp([text.startIndex..<chunk.content.upperBound])]
    }

    func repair(_ bytes: inout [UInt8], after parts: [MetadataPart]) {
        var changed: Set<Int> = []
        // What is cut out needs no checksum.
        for piece in parts.lazy.filter({ $0.dropped == nil }).flatMap(\.pieces) {
            var index = chunks.index(from: piece.lowerBound + 1) { $0.whole.upperBound }
            while let next = index, next < chunks.count, chunks[next].whole.lowerBound < piece.upperBound {
                changed.insert(next)
                index = next + 1
            }
        }
        for chunk in changed.map({ chunks[$0] }) {
            let checksum = Self.checksum(bytes[chunk.whole.lowerBound + 4..<chunk.content.upperBound])
            bytes.replaceSubrange(
                chunk.content.upperBound..<chunk.whole.upperBound,
                with: withUnsafeBytes(of: checksum.bigEndian, Array.init))
        }
    }

    func withoutMetadata() -> [UInt8]? {
        guard chunks.last?.type == "IEND" else { return nil }
        return chunks.reduce(into: Array(bytes[..<8])) { result, chunk in
            let isNeeded = Self.needed.contains(chunk.type) || chunk.type.first?.isUppercase == true
            result += isNeeded ? Array(bytes[chunk.whole]) : orientationChunk(of: chunk)
        }
    }

    /// The chunks that are not critical and yet change how the picture looks or how large it is shown.
    private static let needed: Set<String> = [
        "acTL", "bKGD", "cHRM", "cICP", "cLLI", "fcTL", "fdAT", "gAMA", "iCCP", "mDCV", "pHYs", "sBIT", "sPLT", "sRGB",
        "tRNS",
    ]

    func remainder(of block: Range<Int>) -> [UInt8] {
        chunk(at: block).map { orientationChunk(of: $0) } ?? []
    }

    private func chunk(at block: Range<Int>) -> Chunk? {
        let chunk = chunks.element(from: block.lowerBound) { $0.whole.lowerBound }
        return chunk?.whole == block ? chunk : nil
    }

    /// A chunk of the same kind with the orientation that this one tells and nothing else; empty where it tells none.
    /// Whoever turned the picture by it still does, and nobody begins to who did not.
    private func orientationChunk(of chunk: Chunk) -> [UInt8] {
        switch chunk.type {
        case "eXIf", "exIf":
            guard case .exif(let range)? = MetadataPart.exif(at: chunk.content, in: bytes).first,
                let orientation = TIFFBlock.orientation(in: bytes[range])
            else { return [] }
            return Self.chunk(chunk.type, TIFFBlock.orientationOnly(orientation))
        case "zxIf":
            // Compression method and length stand before it.
            guard inflatable.contains(chunk.whole.lowerBound),
                let block = ZlibStream.inflated(bytes[chunk.content].dropFirst(5)),
                let orientation = TIFFBlock.orientation(in: block[...])
            else { return [] }
            let left = TIFFBlock.orientationOnly(orientation)
            let length = withUnsafeBytes(of: UInt32(left.count).bigEndian, Array.init)
            return Self.chunk(chunk.type, [0] + length + ZlibStream.stored(left))
        default:
            guard !isCompressed(chunk) || inflatable.contains(chunk.whole.lowerBound),
                let text = PNGText(type: chunk.type, content: bytes[chunk.content])?.orientationOnly
            else { return [] }
            return Self.chunk(text.type, text.content)
        }
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return withUnsafeBytes(of: UInt32(content.count).bigEndian, Array.init) + body
            + withUnsafeBytes(of: checksum(body[...]).bigEndian, Array.init)
    }

    /// Annex D: the cyclic redundancy code of type and content.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var code: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            code ^= UInt32(byte)
            for _ in 0..<8 { code = code & 1 == 0 ? code >> 1 : code >> 1 ^ 0xEDB8_8320 }
        }
        return ~code
    }
}
