extension ImageHeader {
    /// GIF89a: the larger of the logical screen and what the frames reach; frames are the image descriptors.
    static func gif(_ view: ByteView) -> ImageHeader? {
        guard view.has("GIF8", at: 0), var width = view.little(6, 2), var height = view.little(8, 2),
            let flags = view[10]
        else { return nil }
        var frames = 0
        var position = 13 + colorTable(flags)
        while let block = view[position] {
            if block == 0x21 {
                position = afterSubBlocks(view, from: position + 2)
            } else if block == 0x2C, let flags = view[position + 9] {
                frames += 1
                width = max(width, (view.little(position + 1, 2) ?? 0) + (view.little(position + 5, 2) ?? 0))
                height = max(height, (view.little(position + 3, 2) ?? 0) + (view.little(position + 7, 2) ?? 0))
                position = afterSubBlocks(view, from: position + 11 + colorTable(flags))
            } else {
                break
            }
        }
        var header = ImageHeader(width: width, height: height, frames: max(1, frames))
        header.isWhole = frames > 0 && view[position] == 0x3B
        return header
    }

    /// Bytes of the colour table that the flags speak of.
    static func colorTable(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    /// The position after a chain of sub-blocks and its end.
    static func afterSubBlocks(_ view: ByteView, from start: Int) -> Int {
        var position = start
        while let length = view[position], length > 0 { position += 1 + Int(length) }
        return position + 1
    }
}
