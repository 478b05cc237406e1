import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

/// Hostile and broken files: whoever asks never dies, and every refusal says why.
struct BadPictureTests {
    private let worker = SystemTool.imageWorker()
    private let limits = ImportLimits()

    private enum Outcome {
        case picture(ProbedPicture)
        case refused(any Error)
    }

    private func look(at picture: BadPicture, with images: ImageWorker) async -> Outcome {
        do { return .picture(try await limits.probe(picture.bytes, with: images)) } catch { return .refused(error) }
    }

    @Test func `hundreds of bad pictures are refused with a reason, and the worker goes on`() async throws {
        let pictures = try BadPictures.all()
        #expect(pictures.count >= 400)
        for picture in pictures { judge(picture, await look(at: picture, with: worker)) }
        #expect(try await worker.probe(TestPicture.jpeg, as: .jpeg).width == 16)
        #expect(worker.deaths == 0)
    }

    @Test func `what decodes to too much costs a refusal, not a worker`() async throws {
        for picture in BadPictures.contentBombs(megabytes: 24) { judge(picture, await look(at: picture, with: worker)) }
        #expect(try await worker.probe(TestPicture.gif(), as: .gif).frames == 1)
        #expect(worker.deaths == 0)
    }

    @Test func `a bomb is refused by its header, quickly`() async throws {
        let nowhere = ImageWorker(path: "/nowhere/tipin-image")  // It would fail if it were asked.
        let bombs = try BadPictures.all().filter { $0.expectation == .refusedByHeader }
        #expect(bombs.count >= 20)
        let clock = ContinuousClock()
        var slowest = (time: Duration.zero, name: "")
        for picture in bombs {
            let start = clock.now
            let outcome = await look(at: picture, with: nowhere)
            let time = clock.now - start
            if time > slowest.time { slowest = (time, picture.name) }
            guard case .refused(ImageError.tooLarge) = outcome else {
                Issue.record("\(picture): \(outcome)")
                continue
            }
        }
        print("\(bombs.count) refused by their headers; the slowest: '\(slowest.name)' in \(slowest.time)")
    }

    @Test(.enabled("set TIPIN_LONG=1") { ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1" })
    func `every bit of a picture may be turned`() async throws {
        for (format, bytes) in try BadPictures.whole() {
            var accepted = 0
            let step = max(1, bytes.count * 8 / 4000)
            for bit in stride(from: 0, to: bytes.count * 8, by: step) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                let picture = BadPicture("\(format) with bit \(bit) turned", flipped, .either)
                let outcome = await look(at: picture, with: worker)
                judge(picture, outcome)
                if case .picture = outcome { accepted += 1 }
            }
            print("\(format): \(accepted) of \(bytes.count * 8 / step) turned bits give a picture")
        }
        for picture in BadPictures.contentBombs(megabytes: 400) {
            judge(picture, await look(at: picture, with: worker))
        }
        #expect(try await worker.probe(TestPicture.jpeg, as: .jpeg).width == 16)
        print("workers that died: \(worker.deaths)")
    }

    private func judge(_ picture: BadPicture, _ outcome: Outcome) {
        switch outcome {
        case .picture(let found):
            let caps = ImageCaps()
            let isWithin =
                caps.excess(width: found.width ?? 0, height: found.height ?? 0, frames: found.frames ?? 0) == nil
            #expect(picture.expectation == .either && isWithin, "\(picture) passes as \(found)")
        case .refused(let error):
            guard let problem = (error as? any DiagnosticConvertible)?.problem else {
                Issue.record("\(picture): \(error)")
                return
            }
            let reasons: Set<DiagnosticCode> = [
                .notAnImage, .imageDamaged, .imageTooLarge, .svgRefused, .typeNotAllowed,
            ]
            #expect(reasons.contains(problem.code), "\(picture): \(problem)")
            // No bytes say all by themselves.
            #expect(!problem.notes.isEmpty || picture.bytes.isEmpty, "\(picture)")
        }
    }
}
