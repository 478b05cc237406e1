internal import Synchronization
internal import TipinFiles
package import TipinImageMessages

/// Decodes pictures in processes of their own (`tipin-image`), started when needed and replaced when they die.
package final class ImageWorker: ImageProbing, ThumbnailDrawing, Sendable {
    private let path: String
    private let limits: ImageLimits
    private let slots: WorkerSlots
    private let deathCount = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)

    /// - Parameters:
    ///   - path: the executable `tipin-image`; it is started with the first picture.
    ///   - slots: how many processes may run beside each other.
    package init(path: String, slots: Int = 2, limits: ImageLimits = .init()) {
        self.path = path
        self.limits = limits
        self.slots = WorkerSlots(count: slots)
    }

    deinit { slots.killAll() }

    /// How many processes died or had to be killed; those that `stop()` ended do not count.
    package var deaths: Int { deathCount.load(ordering: .relaxed) }

    /// `deaths`, counted from nought again.
    package func takeDeaths() -> Int { deathCount.exchange(0, ordering: .relaxed) }

    /// Ends every process; what is asked from now on is answered with `workerFailed`.
    package func stop() {
        isStopped.store(true, ordering: .relaxed)
        slots.killAll()
    }

    package func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
        _ = try checkHeader(of: bytes, as: format)
        let request = ImageRequest(format: format, caps: limits.caps, length: bytes.count)
        guard case .facts(let facts) = try await answer(to: request, bytes) else { throw Self.unasked }
        return facts
    }

    package func thumbnails(
        of bytes: [UInt8], as format: ImageFormat, sizes: [Int]
    ) async throws -> [ImageThumbnail] {
        guard !sizes.isEmpty else { return [] }
        let header = try checkHeader(of: bytes, as: format)
        guard !header.isInterlaced || header.width * header.height <= limits.interlacedPixels else {
            throw ImageError.tooLarge(
                "\(header.width) × \(header.height) pixels that are interlaced, and thumbnails are made of "
                    + "\(limits.interlacedPixels) at most")
        }
        let request = ImageRequest(
            .thumbnails(sizes: sizes), format: format, caps: limits.caps, length: bytes.count)
        guard case .thumbnails(let made) = try await answer(to: request, bytes) else { throw Self.unasked }
        return made
    }

    /// `WorkerProcess` lets no such answer through.
    private static let unasked = ImageError.workerFailed("it answered what was not asked")

    private func answer(to request: ImageRequest, _ bytes: [UInt8]) async throws -> ImageAnswer {
        let slot = await slots.take()
        defer { slots.giveBack(slot) }
        return try await BlockingThread.run { [self] in self.ask(slot, request, about: bytes) }.get()
    }

    /// Starts a worker, asks what it is, and ends it.
    /// - Throws: `ImageError.workerFailed`. Blocks for as long as a start takes, at most 15 s.
    package static func report(path: String) throws -> WorkerReport {
        do throws(WorkerProcess.Failure) {
            return try WorkerProcess(path: path, deadline: .now + ImageLimits().wallTime).report
        } catch {
            throw ImageError.workerFailed(words(for: error, path: path, limit: ImageLimits().wallTime))
        }
    }

    /// What can be refused by the first bytes never reaches the decoder.
    private func checkHeader(of bytes: [UInt8], as format: ImageFormat) throws(ImageError) -> ImageHeader {
        guard bytes.count <= limits.bytes else {
            throw .tooLarge("\(bytes.count) bytes, and a picture may have \(limits.bytes)")
        }
        guard let header = ImageHeader(bytes, as: format) else {
            throw .damaged("its header gives no width and height")
        }
        if let words = limits.caps.excess(width: header.width, height: header.height, frames: header.frames) {
            throw .tooLarge(words)
        }
        guard header.isWhole else { throw .damaged("the file ends before its picture does") }
        return header
    }

    private func ask(
        _ slot: WorkerSlots.Slot, _ request: ImageRequest, about bytes: [UInt8]
    ) -> Result<ImageAnswer, ImageError> {
        let deadline = ContinuousClock.now + limits.wallTime
        do throws(WorkerProcess.Failure) {
            let process = try running(in: slot, deadline: deadline)
            if request.task != .probe, !process.report.canMakeThumbnails {
                return .failure(.workerFailed("libvips \(process.report.vipsVersion) is too old for thumbnails"))
            }
            switch try process.answer(to: request, bytes: bytes, deadline: deadline) {
            case .damaged(let words): return .failure(.damaged(words))
            case .tooLarge(let words): return .failure(.tooLarge(words))
            case .hello: throw .nonsense
            case let answer: return .success(answer)
            }
        } catch {
            slot.process.withLock { $0 = nil }
            countDeath(by: error)
            return .failure(.workerFailed(Self.words(for: error, path: path, limit: limits.wallTime)))
        }
    }

    /// The slot's process, started where there is none or it died since the last picture.
    private func running(
        in slot: WorkerSlots.Slot, deadline: ContinuousClock.Instant
    ) throws(WorkerProcess.Failure) -> WorkerProcess {
        guard !isStopped.load(ordering: .relaxed) else { throw .stopped }
        if let process = slot.process.withLock({ $0 }) {
            if !process.hasEnded { return process }
            deathCount.add(1, ordering: .relaxed)
        }
        let process = try WorkerProcess(path: path, deadline: deadline)
        slot.process.withLock { $0 = process }
        if isStopped.load(ordering: .relaxed) { process.kill() }  // It was stopped while this one started.
        return process
    }

    private func countDeath(by failure: WorkerProcess.Failure) {
        if isStopped.load(ordering: .relaxed) { return }
        switch failure {
        case .ended, .timeOver, .nonsense: deathCount.add(1, ordering: .relaxed)
        case .notStarted, .stopped: break
        }
    }

    private static func words(
        for failure: WorkerProcess.Failure, path: String, limit: Duration
    ) -> String {
        switch failure {
        case .notStarted(let reason): "'\(path)' could not be started: \(reason)"
        case .ended(let how): "'\(path)' \(how)"
        case .timeOver: "'\(path)' gave no answer within \(limit) and was killed"
        case .nonsense: "'\(path)' said what is no answer and was killed"
        case .stopped: "it was stopped"
        }
    }
}
