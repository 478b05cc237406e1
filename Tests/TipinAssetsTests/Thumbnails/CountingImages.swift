import Synchronization
import TipinAssets
import TipinImageMessages

/// Lets a worker look at pictures, and counts how often one was made smaller.
final class CountingImages: ImageProbing, ThumbnailDrawing {
    private let worker: ImageWorker
    private let refusal: ImageError?
    private let count = Mutex(0)

    /// - Parameter refusal: what is said instead of making one smaller.
    init(_ worker: ImageWorker, refusing refusal: ImageError? = nil) {
        self.worker = worker
        self.refusal = refusal
    }

    var drawn: Int { count.withLock { $0 } }

    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
        try await worker.probe(bytes, as: format)
    }

    func thumbnails(of bytes: [UInt8], as format: ImageFormat, sizes: [Int]) async throws -> [ImageThumbnail] {
        count.withLock { $0 += 1 }
        if let refusal { throw refusal }
        return try await worker.thumbnails(of: bytes, as: format, sizes: sizes)
    }
}
