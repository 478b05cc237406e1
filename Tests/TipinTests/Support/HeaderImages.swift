import Foundation
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinImageMessages
import TipinTestSupport

/// Believes what a picture's header says, so that no process is needed.
struct HeaderImages: ImageProbing {
    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
        guard let header = ImageHeader(bytes, as: format) else { throw ImageError.damaged("it has no header") }
        return ImageFacts(width: header.width, height: header.height, frames: header.frames, hasAlpha: false)
    }
}
