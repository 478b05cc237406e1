package import TipinImageMessages

/// Decodes a picture somewhere safe and says what it is.
package protocol ImageProbing: Sendable {
    /// - Throws: `ImageError` where the bytes are not a whole picture of that format or exceed a limit.
    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts
}
