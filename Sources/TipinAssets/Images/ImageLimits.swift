package import TipinImageMessages

/// What a picture may cost.
package struct ImageLimits: Sendable, Equatable {
    package var caps: ImageCaps
    /// How long one picture may take, from sending its first byte to the whole answer; also how long a start may take.
    package var wallTime: Duration
    /// Bytes of one picture.
    package var bytes: Int
    /// Pixels that an interlaced picture may have to be made smaller, as libvips advises: it is decoded whole.
    package var interlacedPixels = 25_000_000

    package init(
        caps: ImageCaps = .init(), wallTime: Duration = .seconds(15), bytes: Int = ImageRequest.maximumLength
    ) {
        self.caps = caps
        self.wallTime = wallTime
        self.bytes = min(bytes, ImageRequest.maximumLength)
    }
}
