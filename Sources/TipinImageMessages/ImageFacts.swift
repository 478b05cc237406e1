/// What the worker found out about a picture by decoding all of it.
package struct ImageFacts: Sendable, Equatable {
    /// Pixels, after the orientation is applied.
    package var width: Int
    /// Pixels of one frame, after the orientation is applied.
    package var height: Int
    /// 1 for a still picture.
    package var frames: Int
    package var hasAlpha: Bool

    package init(width: Int, height: Int, frames: Int, hasAlpha: Bool) {
        self.width = width
        self.height = height
        self.frames = frames
        self.hasAlpha = hasAlpha
    }
}
