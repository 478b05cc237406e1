extension ImageHeader {
    /// ITU-T T.81, B.2: the first frame header, of whatever process.
    static func jpeg(_ view: ByteView) -> ImageHeader? {
        guard view[0] == 0xFF, view[1] == 0xD8 else { return nil }
        var position = 2
        while let first = view[position], let marker = view[position + 1] {
            guard first == 0xFF else {
                position += 1  // Stray bytes between segments, which decoders pass over too.
                continue
            }
            switch marker {
            case 0xFF: position += 1
            case 0x00, 0x01, 0xD0...0xD8: position += 2
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                guard let height = view.big(position + 5, 2), let width = view.big(position + 7, 2) else { return nil }
                var header = ImageHeader(width: width, height: height, frames: 1)
                header.isInterlaced = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)  // Progressive ones.
                return header
            case 0xD9, 0xDA: return nil
            default:
                guard let length = view.big(position + 2, 2), length >= 2 else { return nil }
                position += 2 + length
            }
        }
        return nil
    }
}
