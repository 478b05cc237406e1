import TipinTestPictures

extension BadPictures {
    /// Files whose parts stand where they should not, say what they should not, or are missing.
    static func brokenStructures() -> [BadPicture] { brokenPNGs() + brokenJPEGs() + brokenGIFs() + brokenWebPs() }

    private static func brokenPNGs() -> [BadPicture] {
        let header = TestPicture.big(3, 4) + TestPicture.big(2, 4)
        let rows = TestPicture.png().count
        let data = Array(TestPicture.png()[33..<(rows - 12)])  // The chunk IDAT as it stands.
        let good = TestPicture.png()
        func png(_ figures: [UInt8], _ extra: [(String, [UInt8])] = []) -> [UInt8] {
            let whole = TestPicture.pngFile([("IHDR", header + figures)] + extra + [("IEND", [])])
            return Array(whole.dropLast(12)) + data + whole.suffix(12)
        }
        var checksum = good
        checksum[30] ^= 1
        var data1 = good
        data1[50] ^= 0x40
        return [
            BadPicture("PNG of depth 3", png([3, 6, 0, 0, 0])),
            BadPicture("PNG of colour type 5", png([8, 5, 0, 0, 0])),
            BadPicture("PNG of compression 9", png([8, 6, 9, 0, 0])),
            BadPicture("PNG of filter 9", png([8, 6, 0, 9, 0])),
            BadPicture("PNG of interlace 9", png([8, 6, 0, 0, 9])),
            BadPicture("PNG with a palette and none there", png([8, 3, 0, 0, 0])),
            BadPicture("PNG of width 0", TestPicture.pngPromising(width: 0, height: 5)),
            BadPicture("PNG of height 0", TestPicture.pngPromising(width: 5, height: 0)),
            BadPicture("PNG of width 2^31", TestPicture.pngPromising(width: 1 << 31, height: 1)),
            BadPicture("PNG without data", TestPicture.pngFile([("IHDR", header + [8, 6, 0, 0, 0]), ("IEND", [])])),
            BadPicture("PNG whose first chunk is its end", TestPicture.pngFile([("IEND", [])])),
            BadPicture("PNG with a wrong checksum", checksum),
            BadPicture("PNG with wrong data", data1),
            BadPicture("PNG with two headers", png([8, 6, 0, 0, 0], [("IHDR", header + [8, 6, 0, 0, 0])])),
            BadPicture("PNG with an unknown critical chunk", png([8, 6, 0, 0, 0], [("ABCD", [1, 2])])),
            BadPicture("PNG with a chunk of 4 GB", Array(good[..<33]) + [0xFF, 0xFF, 0xFF, 0xFF] + good[37...]),
            BadPicture("PNG that promises 9000 × 9000", TestPicture.pngPromising(width: 9000, height: 9000)),
            BadPicture(
                "PNG with a frame outside its canvas",
                png(
                    [8, 6, 0, 0, 0],
                    [
                        ("acTL", TestPicture.big(1, 4) + TestPicture.big(0, 4)),
                        (
                            "fcTL",
                            TestPicture.big(0, 4) + TestPicture.big(9999, 4) + TestPicture.big(9999, 4)
                                + [UInt8](repeating: 0, count: 14)
                        ),
                    ]), .either),
        ]
    }

    private static func brokenJPEGs() -> [BadPicture] {
        let good = TestPicture.jpeg
        func without(_ marker: UInt8) -> [UInt8] {
            guard let start = good.indices.first(where: { good[$0] == 0xFF && good[$0 + 1] == marker }) else {
                return []
            }
            let length = Int(good[start + 2]) << 8 | Int(good[start + 3])
            return Array(good[..<start]) + good[(start + 2 + length)...]
        }
        func changing(_ marker: UInt8, _ offset: Int, to value: UInt8) -> [UInt8] {
            var bytes = good
            guard let start = good.indices.first(where: { good[$0] == 0xFF && good[$0 + 1] == marker }) else {
                return []
            }
            bytes[start + offset] = value
            return bytes
        }
        return [
            BadPicture("JPEG without quantisation tables", without(0xDB)),
            BadPicture("JPEG without Huffman tables", without(0xC4), .either),
            BadPicture("JPEG without a frame", without(0xC0)),
            BadPicture("JPEG without a scan", without(0xDA)),
            BadPicture("JPEG of depth 12", changing(0xC0, 4, to: 12)),
            BadPicture("JPEG of height 0", changing(0xC0, 6, to: 0)),
            BadPicture("JPEG of width 0", changing(0xC0, 8, to: 0)),
            BadPicture("JPEG of 255 components", changing(0xC0, 9, to: 255)),
            BadPicture("JPEG of no component", changing(0xC0, 9, to: 0)),
            BadPicture("JPEG whose frame is arithmetic", changing(0xC0, 1, to: 0xC9), .either),
            BadPicture("JPEG whose frame is lossless", changing(0xC0, 1, to: 0xC3)),
            BadPicture("JPEG with a segment of no length", changing(0xDB, 3, to: 0)),
            BadPicture("JPEG of start and end", [0xFF, 0xD8, 0xFF, 0xD9]),
            BadPicture("JPEG of 10,000 starts", (0..<10_000).flatMap { _ in [0xFF, 0xD8] as [UInt8] } + [0xFF]),
            BadPicture("JPEG of 60,000 fill bytes", [0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 60_000)),
        ]
    }

    private static func brokenGIFs() -> [BadPicture] {
        let good = TestPicture.gif(width: 4, height: 4, frames: 1)
        func frame(at x: Int, _ y: Int, _ width: Int, _ height: Int, code: UInt8 = 2) -> [UInt8] {
            let place = TestPicture.little(x, 2) + TestPicture.little(y, 2)
            let size = TestPicture.little(width, 2) + TestPicture.little(height, 2)
            return Array(good[..<19]) + [0x2C] + place + size + [0, code, 2, 0x44, 1, 0, 0x3B]
        }
        return [
            BadPicture("GIF with a frame far outside", frame(at: 60_000, 60_000, 4, 4), .refusedByHeader),
            BadPicture("GIF with a frame of 65,535²", frame(at: 0, 0, 65_535, 65_535), .refusedByHeader),
            BadPicture("GIF with codes of 0 bits", frame(at: 0, 0, 4, 4, code: 0), .either),
            BadPicture("GIF with codes of 13 bits", frame(at: 0, 0, 4, 4, code: 13)),
            BadPicture("GIF with codes of 255 bits", frame(at: 0, 0, 4, 4, code: 255)),
            BadPicture("GIF with a frame of no size", frame(at: 0, 0, 0, 0), .either),
            BadPicture("GIF without a frame", Array(good[..<19]) + [0x3B]),
            BadPicture("GIF without its end", Array(good.dropLast())),
            BadPicture("GIF with an unknown block", Array(good[..<19]) + [0x77] + good[19...]),
            BadPicture("GIF whose colours are missing", Array(good[..<13]) + [0x3B]),
        ]
    }

    private static func brokenWebPs() -> [BadPicture] {
        let good = TestPicture.webp
        var size = good
        size.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0x7F])
        var chunk = good
        chunk.replaceSubrange(16..<20, with: [0xFF, 0xFF, 0xFF, 0x7F])
        var start = good
        start[23] ^= 0xFF  // The start code of a key frame.
        var key = good
        key[20] |= 1
        let canvas: [UInt8] = [0x10, 0, 0, 0] + TestPicture.little(99, 3) + TestPicture.little(99, 3)
        return [
            BadPicture("WebP whose length is 2 GB", size),
            BadPicture("WebP whose chunk is 2 GB", chunk),
            BadPicture("WebP without a start code", start),
            BadPicture("WebP that is no key frame", key),
            BadPicture("WebP without a picture", TestPicture.webpFile(TestPicture.chunk("VP8X", canvas))),
            BadPicture(
                "WebP of another size than its canvas",
                TestPicture.webpFile(
                    TestPicture.chunk("VP8X", canvas) + good[12...]), .either),
            BadPicture("WebP of nothing", TestPicture.webpFile([])),
            BadPicture(
                "WebP with a frame outside its canvas",
                TestPicture.webpFile(
                    TestPicture.chunk("VP8X", [2, 0, 0, 0, 0, 0, 0, 0, 0, 0])
                        + TestPicture.chunk("ANIM", [0, 0, 0, 0, 0, 0])
                        + TestPicture.chunk(
                            "ANMF",
                            TestPicture.little(5000, 3) + [UInt8](repeating: 0, count: 13)
                                + good[12...]))),
        ]
    }
}
