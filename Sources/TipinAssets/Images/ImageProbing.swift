package import TipinImageMessages

/// Decodes a picture somewhere safe and says what it is.
package protocol ImageProbing: Sendable {
    /// - Throws: `ImageError` where the bytes are not a whole picture of that format or exceed a limit.
    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts
}

/// Makes smaller pictures somewhere safe.
package protocol ThumbnailDrawing: Sendable {
    /// - Parameter sizes: the longer sides in pixels, at most `ImageTask.maximumCount`.
    /// - Returns: one for each size, in their order.
    /// - Throws: `ImageError`.
    func thumbnails(of bytes: [UInt8], as format: ImageFormat, sizes: [Int]) async throws -> [ImageThumbnail]
}

/// Why a picture was refused.
package enum ImageError: Error, Sendable, Equatable {
    /// The decoder could not read it; its own words.
    case damaged(String)
    /// More pixels, a longer side or more frames than allowed; the figures in words.
    case tooLarge(String)
    /// The worker died, hung or could not be started: says nothing about the picture, but it is not tried again.
    case workerFailed(String)
}
