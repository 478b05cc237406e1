extension ImageHeader {
    /// RFC 9649: the canvas of `VP8X`, else the one picture; frames are the chunks `ANMF`.
    static func webp(_ view: ByteView) -> ImageHeader? {
        guard view.has("RIFF", at: 0), view.has("WEBP", at: 8) else { return nil }
        var canvas: ImageHeader?
        var picture: ImageHeader?
        var frames = 0
        var position = 12
        while let length = view.little(position + 4, 4) {
            let content = position + 8
            if view.has("VP8X", at: position), canvas == nil {
                canvas = size(view.little(content + 4, 3), view.little(content + 7, 3), plus: 1)
            } else if view.has("VP8 ", at: position), picture == nil {
                picture = size(view.little(content + 6, 2), view.little(content + 8, 2), mask: 0x3FFF)
            } else if view.has("VP8L", at: position), picture == nil {
                let bits = view.little(content + 1, 4)
                picture = size(bits, bits.map { $0 >> 14 }, mask: 0x3FFF, plus: 1)
            } else if view.has("ANMF", at: position) {
                frames += 1
            }
            position = content + length + length % 2
        }
        guard var result = canvas ?? picture else { return nil }
        result.width = max(result.width, picture?.width ?? 0)
        result.height = max(result.height, picture?.height ?? 0)
        result.frames = max(1, frames)
        return result
    }

    private static func size(_ width: Int?, _ height: Int?, mask: Int = .max, plus: Int = 0) -> ImageHeader? {
        guard let width, let height else { return nil }
        return ImageHeader(width: width & mask + plus, height: height & mask + plus, frames: 1)
    }
}
