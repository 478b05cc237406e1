import Foundation
import Testing
import TipinAssets
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

struct ImageWorkerTests {
    private let worker = SystemTool.imageWorker(slots: 1)

    @Test(arguments: [
        (TestPicture.jpeg, ImageFormat.jpeg, ImageFacts(width: 16, height: 8, frames: 1, hasAlpha: false)),
        (turned, .jpeg, ImageFacts(width: 8, height: 16, frames: 1, hasAlpha: false)),
        (TestPicture.png(), .png, ImageFacts(width: 3, height: 2, frames: 1, hasAlpha: true)),
        (TestPicture.webp, .webp, ImageFacts(width: 16, height: 8, frames: 1, hasAlpha: false)),
        (TestPicture.animatedWebP(frames: 3), .webp, ImageFacts(width: 1, height: 1, frames: 3, hasAlpha: true)),
        (TestPicture.gif(frames: 2), .gif, ImageFacts(width: 1, height: 1, frames: 2, hasAlpha: false)),
    ]) func `a whole picture is decoded`(bytes: [UInt8], format: ImageFormat, facts: ImageFacts) async throws {
        #expect(try await worker.probe(bytes, as: format) == facts)
    }

    private static let turned = TestPicture.jpeg(
        segments: TestPicture.segment(0xE1, Array("Exif\0\0".utf8) + TestExif(orientation: 6).bytes))

    @Test(arguments: [
        (TestPicture.jpeg, ImageFormat.jpeg), (TestPicture.png(width: 20, height: 20), .png), (TestPicture.webp, .webp),
        (TestPicture.gif(frames: 4), .gif),
    ]) func `a cut picture is damaged`(bytes: [UInt8], format: ImageFormat) async throws {
        for length in [0, 1, bytes.count / 2, bytes.count * 3 / 4, bytes.count - 1] {
            let error = await #expect(throws: ImageError.self) {
                try await worker.probe(Array(bytes[..<length]), as: format)
            }
            guard case .damaged = error else { throw Unexpected(error: error) }
        }
        #expect(worker.deaths == 0)
    }

    @Test func `a picture is read by the loader of its format only`() async throws {
        let error = await #expect(throws: ImageError.self) { try await worker.probe(TestPicture.png(), as: .gif) }
        guard case .damaged = error else { throw Unexpected(error: error) }
    }

    @Test(arguments: [
        (TestPicture.pngPromising(width: 50_000, height: 50_000), ImageFormat.png),
        (TestPicture.pngPromising(width: 16_000, height: 16_000), .png),
        (TestPicture.pngPromising(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF), .png),
        (TestPicture.jpegPromising(width: 65_535, height: 20_000), .jpeg),
        (TestPicture.gif(width: 65_535, height: 65_535), .gif),
        (TestPicture.gif(frames: 1001), .gif),
        (TestPicture.gif(width: 10_000, height: 10_000, frames: 6), .gif),
        (TestPicture.animatedWebP(frames: 1001), .webp),
    ]) func `a bomb is refused by its header`(bytes: [UInt8], format: ImageFormat) async throws {
        let nowhere = ImageWorker(path: "/nowhere/tipin-image")  // It would fail if it were asked.
        let error = await #expect(throws: ImageError.self) { try await nowhere.probe(bytes, as: format) }
        guard case .tooLarge = error else { throw Unexpected(error: error) }
    }

    @Test func `a header that lies costs no worker`() async throws {
        let lying = TestPicture.pngPromising(width: 9_000, height: 9_000)
        let error = await #expect(throws: ImageError.self) { try await worker.probe(lying, as: .png) }
        guard case .damaged = error else { throw Unexpected(error: error) }
        #expect(try await worker.probe(TestPicture.gif(), as: .gif).frames == 1)
        #expect(worker.deaths == 0)
    }

    @Test func `more bytes than allowed are not sent`() async throws {
        let small = ImageWorker(path: "/nowhere", limits: ImageLimits(bytes: 100))
        let error = await #expect(throws: ImageError.self) { try await small.probe(TestPicture.jpeg, as: .jpeg) }
        #expect(error == .tooLarge("169 bytes, and a picture may have 100"))
    }

    @Test func `many pictures share few processes`() async throws {
        let worker = SystemTool.imageWorker()
        try await withThrowingTaskGroup(of: ImageFacts.self) { group in
            for _ in 0..<40 { group.addTask { try await worker.probe(TestPicture.jpeg, as: .jpeg) } }
            for try await facts in group { #expect(facts.width == 16) }
        }
        #expect(worker.deaths == 0)
    }

    @Test func `the worker says what holds it`() throws {
        let report = try ImageWorker.report(path: SystemTool.worker)
        #expect(report.vipsVersion.hasPrefix("8."))
        #expect(report.limits && report.noNewPrivileges)
        #expect(report.seccomp || report.landlock > 0)
    }

    @Test func `a missing executable is named`() async throws {
        let error = await #expect(throws: ImageError.self) {
            try await ImageWorker(path: "/nowhere/tipin-image").probe(TestPicture.png(), as: .png)
        }
        #expect(error == .workerFailed("'/nowhere/tipin-image' could not be started: No such file or directory"))
        #expect(throws: ImageError.self) { try ImageWorker.report(path: "/nowhere/tipin-image") }
    }

    @Test func `nothing is started after the stop`() async throws {
        #expect(try await worker.probe(TestPicture.png(), as: .png).width == 3)
        worker.stop()
        let error = await #expect(throws: ImageError.self) { try await worker.probe(TestPicture.png(), as: .png) }
        #expect(error == .workerFailed("it was stopped"))
        #expect(worker.deaths == 0)
    }

    struct Unexpected: Error { var error: ImageError? }
}
