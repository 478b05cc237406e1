/// Small files whose headers promise more than anybody should decode.
package enum HeaderBombs {
    package static func all() -> [BadPicture] {
        let sides = [(16_385, 1), (1, 16_385), (10_001, 10_000), (50_000, 50_000), (1 << 20, 1 << 20)]
        let pngs = (sides + [(0x7FFF_FFFF, 0x7FFF_FFFF), (0x7FFF_FFFF, 1)]).map { width, height in
            BadPicture("PNG of \(width) × \(height)", TestPicture.pngPromising(width: width, height: height))
        }
        let jpegs = [(65_535, 65_535), (16_385, 16), (20_000, 20_000), (65_535, 1)].map { width, height in
            BadPicture("JPEG of \(width) × \(height)", TestPicture.jpegPromising(width: width, height: height))
        }
        let gifs = [(65_535, 65_535, 1), (16_385, 1, 1), (1, 1, 1001), (1, 1, 10_000), (10_000, 10_000, 6)]
            .map { width, height, frames in
                BadPicture(
                    "GIF of \(width) × \(height), \(frames) frames",
                    TestPicture.gif(width: width, height: height, frames: frames))
            }
        let canvas: [UInt8] = [0, 0, 0, 0] + TestPicture.little(0xFF_FFFF, 3) + TestPicture.little(0xFF_FFFF, 3)
        let webps = [
            BadPicture("WebP of 16,777,216²", TestPicture.webpFile(TestPicture.chunk("VP8X", canvas))),
            BadPicture("WebP of 1001 frames", TestPicture.animatedWebP(frames: 1001)),
            BadPicture("WebP of 10,000 frames", TestPicture.animatedWebP(frames: 10_000)),
        ]
        let animated = [1001, 10_000, 0x7FFF_FFFF].map { frames in
            BadPicture(
                "PNG of \(frames) frames",
                TestPicture.png(extra: [("acTL", TestPicture.big(frames, 4) + [0, 0, 0, 0])]))
        }
        return (pngs + jpegs + gifs + webps + animated).map { BadPicture($0.name, $0.bytes, .refusedByHeader) }
    }
}
