/// What the worker is asked to do with a picture.
package enum ImageTask: Sendable, Equatable {
    /// Decode every pixel of every frame and say what the picture is.
    case probe
    /// Make smaller pictures of the first frame: the longer side of each, in pixels.
    case thumbnails(sizes: [Int])

    /// No more are made at once.
    package static let maximumCount = 4
    /// The sides that may be asked for.
    package static let allowedSizes = 16...2048
}
