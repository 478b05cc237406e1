/// The segments of a JPEG file (ITU-T T.81, B.1), and the files that follow it (CIPA DC-007).
struct JPEGContainer: PictureContainer {
    struct Segment: Equatable {
        var marker: UInt8
        /// Marker, length and content; of a scan also its data.
        var whole: Range<Int>
        /// What stands after the length.
        var content: Range<Int>

        /// The content behind its first bytes.
        func content(after count: Int) -> Range<Int> {
            min(content.lowerBound + count, content.upperBound)..<content.upperBound
        }
    }

    let bytes: [UInt8]
    private(set) var segments: [Segment] = []
    /// The first byte after the file's end marker, or where it cannot be followed any further.
    private(set) var end: Int
    /// Whether the end marker was found.
    private(set) var isWhole = false
    private let limit: Int
    private let depth: Int

    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        self.init(bytes, in: bytes.indices, depth: 0)
    }

    /// - Parameter depth: how many files this one lies in.
    init(_ bytes: [UInt8], in range: Range<Int>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
        limit = range.upperBound
        end = range.lowerBound
        if bytes[range].starts(with: [0xFF, 0xD8]) {
            end += 2
            readSegments()
        }
    }

    private mutating func readSegments() {
        while end + 1 < limit {
            guard bytes[end] == 0xFF else {
                if depth > 0 { return }  // It only looked like a file that follows.
                end += 1  // Stray bytes between segments, which decoders pass over too.
                continue
            }
            switch bytes[end + 1] {
            case 0xFF: end += 1
            case 0x00, 0x01, 0xD0...0xD8: end += 2
            case 0xD9:
                end += 2
                isWhole = true
                return
            case let marker: if !readSegment(marker) { return }
            }
        }
        end = limit
    }

    private mutating func readSegment(_ marker: UInt8) -> Bool {
        guard end + 4 <= limit else { return false }
        let length = Int(bytes[end + 2]) << 8 | Int(bytes[end + 3])
        guard length >= 2, end + 2 + length <= limit else { return false }
        let content = end + 4..<end + 2 + length
        let after = marker == 0xDA ? endOfScan(from: content.upperBound) : content.upperBound
        segments.append(Segment(marker: marker, whole: end..<after, content: content))
        end = after
        return true
    }

    /// The next marker that is neither a stuffed byte nor a restart.
    private func endOfScan(from start: Int) -> Int {
        var index = start
        while index + 1 < limit {
            if bytes[index] == 0xFF, bytes[index + 1] != 0, !(0xD0...0xD7 ~= bytes[index + 1]) { return index }
            index += 1
        }
        return limit
    }

    private func content(_ segment: Segment, startsWith text: String) -> Bool {
        bytes[segment.content].starts(with: text.utf8)
    }
}

extension JPEGContainer {
    private static let packetHeader = "http://ns.adobe.com/xap/1.0/\0"
    private static let thermalHeader = "FLIR\0"
    private static let extensionHeader = "http://ns.adobe.com/xmp/extension/\0"

    var parts: [MetadataPart] {
        var parts: [MetadataPart] = []
        for segment in segments {
            switch segment.marker {
            // Readers take Exif from whatever segment has it.
            case 0xE1...0xEF where holdsExif(segment):
                parts += MetadataPart.exif(at: segment.content, in: bytes, depth: depth)
            case 0xE1 where content(segment, startsWith: Self.packetHeader):
                parts.append(.xmp([segment.content(after: Self.packetHeader.utf8.count)]))
            case 0xE1 where content(segment, startsWith: Self.thermalHeader): break
            case 0xED where holdsResources(segment):
                parts += PhotoshopResources(bytes, in: segment.content).parts(depth: depth)
            case 0xE2 where content(segment, startsWith: "ICC_PROFILE\0"): break
            case 0xE0 where content(segment, startsWith: "JFXX\0\u{10}"):
                guard depth < 2 else { break }
                parts += JPEGContainer(bytes, in: segment.content(after: 6), depth: depth + 1).parts
            // The numbers that JFIF begins with are needed.
            case 0xE0 where content(segment, startsWith: "JFIF\0"):
                parts += MetadataPart.opaque(segment.content(after: 14), in: bytes)
            // The box that it is a piece of speaks of it.
            case 0xEB where holdsPositionInBox(segment): break
            // What the makers of cameras and programs put into segments of their own, and comments.
            case 0xE0...0xEF, 0xFE: parts += MetadataPart.opaque(segment.content, in: bytes)
            default: break
            }
        }
        // What goes on from one segment to the next, before what each of them shows alone.
        return joinedResources + thermalRecords + boxes + parts + extendedPackets + followingParts
    }

    func name(of part: MetadataPart) -> String? {
        switch part {
        case .credentials: ContentCredentials.name
        case .box(let pieces) where BoxContent(pieces.flatMap { bytes[$0] }).goesWhole: BoxContent.name
        case .opaque(let range) where isComment(range): "comment"
        default: nil
        }
    }

    private func isComment(_ range: Range<Int>) -> Bool {
        let segment = segments.element(from: range.lowerBound) { $0.content.lowerBound }
        return segment.map { $0.marker == 0xFE && $0.content == range } ?? false
    }

    private func holdsExif(_ segment: Segment) -> Bool { MetadataPart.exifHeaderLength(bytes[segment.content]) > 0 }

    private func holdsPositionInBox(_ segment: Segment) -> Bool {
        guard let piece = BoxPiece(bytes[segment.content]) else { return false }
        return BoxContent(Array(bytes[segment.content(after: piece.headerLength)])).namesPosition
    }

    private func holdsResources(_ segment: Segment) -> Bool {
        let view = ByteView(bytes: bytes)
        return segment.marker == 0xED
            && PhotoshopResources.headers.contains { view.has($0, at: segment.content.lowerBound) }
    }

    /// A segment holds 64 kB, and resources may be longer.
    private var joinedResources: [MetadataPart] {
        let pieces = segments.filter(holdsResources).map {
            PhotoshopResources.afterHeader($0.content, in: bytes)
        }
        return pieces.count > 1 ? [.resources(pieces)] : []
    }

    /// Each segment begins with a byte, its number, the last one's number.
    private var thermalRecords: [MetadataPart] {
        let pieces = segments.filter { $0.marker == 0xE1 && content($0, startsWith: Self.thermalHeader) }
        guard !pieces.isEmpty else { return [] }
        func number(_ segment: Segment) -> UInt8 {
            let place = segment.content.lowerBound + Self.thermalHeader.utf8.count + 1
            return segment.content.contains(place) ? bytes[place] : .max
        }
        return [.thermal(pieces.sorted { number($0) < number($1) }.map { $0.content(after: 8) })]
    }

    /// A segment holds 64 kB, and statements with pictures in them, or the data of a further layer, are longer.
    private var boxes: [MetadataPart] {
        var boxes: [[UInt8]: [(piece: BoxPiece, segment: Segment)]] = [:]
        for segment in segments where segment.marker == 0xEB {
            guard let piece = BoxPiece(bytes[segment.content]) else { continue }
            boxes[piece.box, default: []].append((piece, segment))
        }
        return boxes.values.map { pieces in
            let pieces = pieces.sorted { $0.piece.number < $1.piece.number }
            return pieces[0].piece.isSuperbox
                ? .credentials(pieces.map(\.segment.content))
                : .box(pieces.map { $0.segment.content(after: $0.piece.headerLength) })
        }
    }

    /// XMP specification part 3, 1.1.3.1: pieces of one text, told apart by a digest, each with its offset.
    private var extendedPackets: [MetadataPart] {
        let header = Self.extensionHeader.utf8.count
        var pieces: [ArraySlice<UInt8>: [(offset: Int, range: Range<Int>)]] = [:]
        for segment in segments where segment.marker == 0xE1 && content(segment, startsWith: Self.extensionHeader) {
            let start = segment.content.lowerBound + header
            guard segment.content.count >= header + 40 else { continue }
            let offset = bytes[start + 36..<start + 40].reduce(0) { $0 << 8 | Int($1) }
            pieces[bytes[start..<start + 32], default: []].append((offset, start + 40..<segment.content.upperBound))
        }
        return pieces.values.map { .xmp($0.sorted { $0.offset < $1.offset }.map(\.range)) }
    }

    /// Further pictures after the end marker, and the film of a motion photo.
    private var followingParts: [MetadataPart] { depth == 0 ? LooseMetadata.parts(in: bytes, from: end) : [] }

    func withoutMetadata() -> [UInt8]? {
        guard let scan = segments.first(where: { $0.marker == 0xDA }), !scan.whole.isEmpty else { return nil }
        var result: [UInt8] = [0xFF, 0xD8]
        var exif = orientationSegment
        for segment in segments where isNeeded(segment) {
            if segment.marker != 0xE0 {  // JFIF comes first.
                result += exif
                exif = []
            }
            result += bytes[segment.whole]
        }
        return isWhole ? result + [0xFF, 0xD9] : result
    }

    /// JFIF, colour profile and Adobe's transform among the application segments; no comment.
    private func isNeeded(_ segment: Segment) -> Bool {
        switch segment.marker {
        case 0xE0: content(segment, startsWith: "JFIF\0")
        case 0xE2: content(segment, startsWith: "ICC_PROFILE\0")
        case 0xEE: content(segment, startsWith: "Adobe")
        case 0xE1, 0xE3...0xED, 0xEF, 0xFE: false
        default: true
        }
    }

    /// Decoders apply what stands in front of the first scan, in the first segment that begins as CIPA DC-008 says.
    private var orientationSegment: [UInt8] {
        let header = "Exif\0\0"
        guard
            let exif = segments.prefix(while: { $0.marker != 0xDA })
                .first(where: { $0.marker == 0xE1 && content($0, startsWith: header) }),
            let orientation = TIFFBlock.orientation(in: bytes[exif.content(after: header.utf8.count)])
        else { return [] }
        let block = Array(header.utf8) + TIFFBlock.orientationOnly(orientation)
        return [0xFF, 0xE1, 0, UInt8(block.count + 2)] + block
    }
}
