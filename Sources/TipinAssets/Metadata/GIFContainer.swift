/// The blocks of a GIF file (GIF89a, appendix A).
struct GIFContainer: PictureContainer {
    private enum Kind { case packet, comment, application, plainText, needed }

    private struct Block {
        var kind: Kind
        var whole: Range<Int>
    }

    private let bytes: [UInt8]
    private let header: Range<Int>
    private var blocks: [Block] = []
    private var isWhole = false
    /// The first byte after the file's end, or where it cannot be followed any further.
    private var end = 0

    init?(_ bytes: [UInt8]) {
        let view = ByteView(bytes: bytes)
        guard view.has("GIF8", at: 0), let flags = view[10] else { return nil }
        self.bytes = bytes
        header = 0..<min(bytes.count, 13 + ImageHeader.colorTable(flags))
        var place = header.upperBound
        defer { end = min(bytes.count, place) }
        while let first = view[place] {
            let start = place
            if first == 0x3B {
                place += 1
                isWhole = true
                return
            } else if first == 0x21, let label = view[place + 1] {
                place = ImageHeader.afterSubBlocks(view, from: place + 2)
                blocks.append(
                    Block(kind: Self.kind(label, at: start, in: view), whole: start..<min(place, bytes.count)))
            } else if first == 0x2C, let flags = view[place + 9] {
                place = ImageHeader.afterSubBlocks(view, from: place + 11 + ImageHeader.colorTable(flags))
                blocks.append(Block(kind: .needed, whole: start..<min(place, bytes.count)))
            } else {
                return
            }
        }
    }

    private static func kind(_ label: UInt8, at start: Int, in view: ByteView) -> Kind {
        switch label {
        case 0x01: return .plainText
        case 0xFE: return .comment
        case 0xFF:
            if view.has("XMP DataXMP", at: start + 3) { return .packet }
            let kept: [StaticString] = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]
            return kept.contains { view.has($0, at: start + 3) } ? .needed : .application
        default: return .needed
        }
    }

    /// Packets that name a position, and other blocks with traces of one, among them plain text, which viewers do not
    /// draw. A packet stands bare, where the text's bytes serve as lengths, or in sub-blocks.
    var parts: [MetadataPart] {
        blocks.filter { namesPosition($0) }.map { .block($0.whole) } + LooseMetadata.parts(in: bytes, from: end)
    }

    private func namesPosition(_ block: Block) -> Bool {
        switch block.kind {
        // The end of a bare packet is a run of all byte values downwards; it is no text.
        case .packet:
            XMPText(bytes[block.whole].dropFirst(14).dropLast(min(block.whole.count, 258))).speaksOfPosition
                || XMPText(content(of: block).dropFirst(11)).speaksOfPosition
        case .comment, .application, .plainText:
            PositionTraces.areIn(bytes[block.whole]) || PositionTraces.areIn(content(of: block))
        case .needed: false
        }
    }

    /// What stands in the sub-blocks of an extension, without their lengths.
    private func content(of block: Block) -> ArraySlice<UInt8> {
        var content: [UInt8] = []
        var rest = bytes[block.whole].dropFirst(2)
        while let length = rest.first, length > 0 {
            content += rest.dropFirst().prefix(Int(length))
            rest = rest.dropFirst(1 + Int(length))
        }
        return content[...]
    }

    func name(of part: MetadataPart) -> String? {
        guard let range = part.dropped,
            let block = blocks.element(from: range.lowerBound, { $0.whole.lowerBound }), block.whole == range
        else { return nil }
        return switch block.kind {
        case .comment: "comment"
        case .plainText: "text"
        case .packet, .application, .needed: nil
        }
    }

    func withoutMetadata() -> [UInt8]? {
        guard isWhole else { return nil }
        return blocks.filter { $0.kind == .needed }.reduce(into: Array(bytes[header])) { $0 += bytes[$1.whole] } + [
            0x3B
        ]
    }
}
