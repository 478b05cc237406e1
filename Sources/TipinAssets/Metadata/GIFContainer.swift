/// The blocks of a GIF file (GIF89a, appendix A).
struct GIFContainer: PictureContainer {
    private enum Kind { case packet, comment, application, needed }

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
        case 0xFE: return .comment
        case 0xFF:
            if view.has("XMP DataXMP", at: start + 3) { return .packet }
            let kept: [StaticString] = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]
            return kept.contains { view.has($0, at: start + 3) } ? .needed : .application
        default: return .needed
        }
    }

    /// Packets that name a position, and other blocks with traces of one. A packet stands bare, where the text's bytes
    /// serve as lengths, or in sub-blocks.
    var parts: [MetadataPart] {
        blocks.filter { namesPosition($0) }.map { .block($0.whole) } + LooseMetadata.parts(in: bytes, from: end)
    }

    private func namesPosition(_ block: Block) -> Bool {
        switch block.kind {
        case .packet: namesPosition(block.whole)
        case .comment, .application: PositionTraces.areIn(bytes[block.whole])
        case .needed: false
        }
    }

    private func namesPosition(_ block: Range<Int>) -> Bool {
        let content = bytes[block].dropFirst(14)
        // The end of a bare packet is a run of all byte values downwards; it is no text.
        if XMPText(content.dropLast(min(content.count, 258))).speaksOfPosition { return true }
        var text: [UInt8] = []
        var rest = content
        while let length = rest.first, length > 0 {
            text += rest.dropFirst().prefix(Int(length))
            rest = rest.dropFirst(1 + Int(length))
        }
        return XMPText(text[...]).speaksOfPosition
    }

    func withoutMetadata() -> [UInt8]? {
        guard isWhole else { return nil }
        return blocks.filter { $0.kind == .needed }.reduce(into: Array(bytes[header])) { $0 += bytes[$1.whole] } + [
            0x3B
        ]
    }
}
