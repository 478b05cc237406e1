extension ImageHeader {
    /// PNG third edition, 11.2.1 and 11.3.6: `IHDR` comes first, `IEND` last; `acTL` counts the frames.
    static func png(_ view: ByteView) -> ImageHeader? {
        guard view.has("\u{0D}\u{0A}\u{1A}\u{0A}", at: 4), view.has("IHDR", at: 12),
            let width = view.big(16, 4), let height = view.big(20, 4)
        else { return nil }
        var header = ImageHeader(width: width, height: height, frames: 1)
        header.isWhole = false
        header.isInterlaced = view[28] == 1
        var position = 8
        while let length = view.big(position, 4), !header.isWhole {
            if view.has("acTL", at: position + 4) { header.frames = max(1, view.big(position + 8, 4) ?? 1) }
            position += 12 + length
            header.isWhole = view.has("IEND", at: position - 8 - length) && position <= view.bytes.count
        }
        return header
    }
}
