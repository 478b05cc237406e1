extension ImageHeader {
    /// PNG third edition, 11.2.1 and 11.3.6: `IHDR` comes first, `acTL` before the first `IDAT`.
    static func png(_ view: ByteView) -> ImageHeader? {
        guard view.has("\u{0D}\u{0A}\u{1A}\u{0A}", at: 4), view.has("IHDR", at: 12),
            let width = view.big(16, 4), let height = view.big(20, 4)
        else { return nil }
        var frames = 1
        var position = 8
        while let length = view.big(position, 4), !view.has("IDAT", at: position + 4) {
            if view.has("acTL", at: position + 4), let count = view.big(position + 8, 4) { frames = max(1, count) }
            position += 12 + length
        }
        return ImageHeader(width: width, height: height, frames: frames)
    }
}
