package import TipinImageMessages

/// Makes smaller pictures somewhere safe.
package protocol ThumbnailDrawing: Sendable {
    /// - Parameter sizes: the longer sides in pixels, at most `ImageTask.maximumCount`.
    /// - Returns: one for each size, in their order.
    /// - Throws: `ImageError`.
    func thumbnails(of bytes: [UInt8], as format: ImageFormat, sizes: [Int]) async throws -> [ImageThumbnail]
}
