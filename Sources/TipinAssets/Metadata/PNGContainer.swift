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
    }

    var parts: [MetadataPart] {
        chunks.flatMap { chunk -> [MetadataPart] in
            switch chunk.type {
            case "eXIf", "exIf": MetadataPart.exif(at: chunk.content, in: bytes)
            case "zxIf": [.block(chunk.whole)]  // Compressed Exif, of a draft.
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
        chunk.type == "zTXt" || chunk.type == "iTXt" && bytes[chunk.content].drop { $0 != 0 }.dropFirst().first != 0
    }

    /// The keywords of what a person wrote, of which nobody can see whether it names a position.
    var sealedTexts: [String] {
        chunks.filter { ["iTXt", "zTXt"].contains($0.type) && isCompressed($0) }
            .map { String(decoding: bytes[$0.content].prefix { $0 != 0 }, as: UTF8.self) }
            .filter { Self.textKeywords.contains($0.lowercased()) }
    }

    func name(of part: MetadataPart) -> String? {
        guard let block = part.dropped, let chunk = chunks.first(where: { $0.whole == block }) else { return nil }
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
        for chunk in chunks where parts.contains(where: { $0.lies(in: chunk.content) }) {
            let checksum = Self.checksum(bytes[chunk.whole.lowerBound + 4..<chunk.content.upperBound])
            bytes.replaceSubrange(
                chunk.content.upperBound..<chunk.whole.upperBound,
                with: withUnsafeBytes(of: checksum.bigEndian, Array.init))
        }
    }

    func withoutMetadata() -> [UInt8]? {
        guard chunks.last?.type == "IEND" else { return nil }
        var result = Array(bytes[..<8])
        var isTurned = false
        for chunk in chunks {
            if Self.needed.contains(chunk.type) || chunk.type.first?.isUppercase == true {
                result += bytes[chunk.whole]
            } else if !isTurned, let orientation = orientation(in: chunk) {
                isTurned = true
                result += Self.orientationChunk(orientation)
            }
        }
        return result
    }

    /// The chunks that are not critical and yet change how the picture looks or how large it is shown.
    private static let needed: Set<String> = [
        "acTL", "bKGD", "cHRM", "cICP", "cLLI", "fcTL", "fdAT", "gAMA", "iCCP", "mDCV", "pHYs", "sBIT", "sPLT", "sRGB",
        "tRNS",
    ]

    private func orientation(in chunk: Chunk) -> Int? {
        switch chunk.type {
        case "eXIf":
            guard case .exif(let range)? = MetadataPart.exif(at: chunk.content, in: bytes).first else { return nil }
            return TIFFBlock.orientation(in: bytes[range])
        case "tEXt":
            let content = bytes[chunk.content]
            let key = content.prefix { $0 != 0 }
            guard String(decoding: key, as: UTF8.self).lowercased().hasPrefix(Self.profileKeyword) else { return nil }
            return RawProfile(content.dropFirst(key.count + 1)).orientation
        default: return nil
        }
    }

    private static func orientationChunk(_ orientation: Int) -> [UInt8] {
        let content = TIFFBlock.orientationOnly(orientation)
        let body = Array("eXIf".utf8) + content
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
