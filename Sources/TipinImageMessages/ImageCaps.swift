/// How large a picture may be.
package struct ImageCaps: Sendable, Equatable {
    /// Pixels of the longer side.
    package var side: Int
    /// Pixels of one frame.
    package var framePixels: Int
    package var frames: Int
    /// Pixels of all frames together.
    package var totalPixels: Int

    package init(
        side: Int = 16_384, framePixels: Int = 100_000_000, frames: Int = 1000, totalPixels: Int = 500_000_000
    ) {
        self.side = side
        self.framePixels = framePixels
        self.frames = frames
        self.totalPixels = totalPixels
    }

    /// Which cap a picture exceeds, with the figures, in words; `nil` where it fits.
    package func excess(width: Int, height: Int, frames: Int) -> String? {
        if max(width, height) > side {
            return "\(width) × \(height) pixels, and a side may have \(side)"
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        if overflow || pixels > framePixels {
            return "\(width) × \(height) pixels, and a frame may have \(framePixels)"
        }
        if frames > self.frames {
            return "\(frames) frames, and \(self.frames) are allowed"
        }
        let (total, tooMany) = pixels.multipliedReportingOverflow(by: frames)
        if tooMany || total > totalPixels {
            return "\(frames) frames of \(width) × \(height) pixels, and all together may have \(totalPixels) pixels"
        }
        return nil
    }
}
