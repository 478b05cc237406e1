import Foundation
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinImageMessages
import TipinTestSupport

/// Believes what a picture's header says, so that no process is needed.
struct HeaderImages: ImageProbing, ThumbnailDrawing {
    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
        guard let header = ImageHeader(bytes, as: format) else { throw ImageError.damaged("it has no header") }
        return ImageFacts(width: header.width, height: header.height, frames: header.frames, hasAlpha: false)
    }

    /// Canvases of the right size that differ with their picture, and nothing on them.
    func thumbnails(of bytes: [UInt8], as format: ImageFormat, sizes: [Int]) async throws -> [ImageThumbnail] {
        guard let header = ImageHeader(bytes, as: format) else { throw ImageError.damaged("it has no header") }
        return sizes.map { size in
            let ratio = min(1, Double(size) / Double(max(header.width, header.height)))
            let (width, height) = (Double(header.width) * ratio, Double(header.height) * ratio)
            let (wide, high) = (max(1, Int(width.rounded())), max(1, Int(height.rounded())))
            return ImageThumbnail(
                size: size, width: wide, height: high, format: .webp,
                bytes: Self.canvas(wide, high, note: Array(SHA256Digest(of: bytes).description.utf8)))
        }
    }

    /// A WebP of a `VP8X` chunk alone.
    private static func canvas(_ width: Int, _ height: Int, note: [UInt8]) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        let canvas = Array("VP8X".utf8) + little(10, 4) + little(0, 4) + little(width - 1, 3) + little(height - 1, 3)
        let chunks = canvas + Array("NOTE".utf8) + little(note.count, 4) + note
        return Array("RIFF".utf8) + little(4 + chunks.count, 4) + Array("WEBP".utf8) + chunks
    }
}
