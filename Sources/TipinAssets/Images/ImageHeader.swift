package import TipinImageMessages

/// What a picture's own header promises, read without decoding anything. It may lie: the decoder's limits still hold.
package struct ImageHeader: Sendable, Equatable {
    /// Pixels as stored, before any orientation.
    package var width: Int
    package var height: Int
    /// 1 for a still picture.
    package var frames: Int
    /// Whether the file goes on to its end marker; also `true` where the decoder tells anyway (JPEG, WebP).
    package var isWhole = true
    /// Whether its lines come in several passes, so that all of it must be in memory before any of it can be shown.
    package var isInterlaced = false

    package init(width: Int, height: Int, frames: Int) {
        self.width = width
        self.height = height
        self.frames = frames
    }

    /// `nil` where the bytes have no header of that format.
    package init?(_ bytes: [UInt8], as format: ImageFormat) {
        let view = ByteView(bytes: bytes)
        let header =
            switch format {
            case .jpeg: Self.jpeg(view)
            case .png: Self.png(view)
            case .webp: Self.webp(view)
            case .gif: Self.gif(view)
            }
        guard let header, header.width > 0, header.height > 0 else { return nil }
        self = header
    }
}
