import Testing
import TipinImageMessages

struct ImageCapsTests {
    @Test(arguments: [
        (16_384, 6_000, 1, true), (16_385, 1, 1, false), (1, 16_385, 1, false), (10_000, 10_000, 5, true),
        (10_000, 10_001, 1, false), (10_000, 10_000, 6, false), (1, 1, 1000, true), (1, 1, 1001, false),
        (Int.max, Int.max, Int.max, false),
    ]) func `what exceeds a cap is told`(width: Int, height: Int, frames: Int, fits: Bool) {
        #expect((ImageCaps().excess(width: width, height: height, frames: frames) == nil) == fits)
    }

    @Test func `figures that overflow exceed`() {
        let caps = ImageCaps(side: .max, framePixels: .max, frames: .max, totalPixels: .max)
        #expect(caps.excess(width: .max, height: 2, frames: 1) != nil)
        #expect(caps.excess(width: 1 << 40, height: 2, frames: 1 << 40) != nil)
    }
}
