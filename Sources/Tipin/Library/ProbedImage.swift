internal import TipinAssets
package import TipinJSON

/// What a picture is.
public struct ProbedImage: Sendable, Equatable {
    /// 64 lower-case hexadecimal digits, of the bytes as they are.
    public let sha256: String
    /// Told by the bytes, such as `image/png`.
    public let mime: String
    /// Pixels, after the orientation is applied; `nil` for what is not decoded (PDF).
    public let width: Int?
    /// Pixels of one frame, after the orientation is applied; `nil` for what is not decoded (PDF).
    public let height: Int?
    /// 1 for a still picture.
    public let frames: Int
    public let hasAlpha: Bool
    /// Whether its metadata tells where it was taken.
    public let hasPosition: Bool

    init(_ picture: ProbedPicture, _ digest: SHA256Digest) {
        sha256 = digest.description
        mime = picture.type.mime
        width = picture.width
        height = picture.height
        frames = picture.frames ?? 1
        hasAlpha = picture.hasAlpha ?? false
        hasPosition = picture.hasPosition
    }

    /// One object on a line of its own.
    package func write(file: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("file", file)
            writer.member("sha256", sha256)
            writer.member("mime", mime)
            writer.member("width", width)
            writer.member("height", height)
            writer.member("frames", frames)
            writer.key("hasAlpha")
            writer.boolean(hasAlpha)
            writer.key("hasPosition")
            writer.boolean(hasPosition)
        }
        writer.newline()
    }
}
