/// What a picture is.
public struct ProbedImage: Sendable, Equatable {
    /// Told by the bytes, such as `image/png`.
    public let mime: String
    /// Pixels, after the orientation is applied.
    public let width: Int
    /// Pixels of one frame, after the orientation is applied.
    public let height: Int
    /// 1 for a still picture.
    public let frames: Int
    public let hasAlpha: Bool
    /// Whether its metadata tells where it was taken.
    public let hasPosition: Bool
}
