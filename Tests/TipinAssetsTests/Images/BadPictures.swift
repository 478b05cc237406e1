import Foundation
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

/// Bad pictures by the hundred, made anew for each run and the same in each.
enum BadPictures {
    /// Whole pictures, one of each format, that bad ones are made of.
    static func whole() throws -> [(format: ImageFormat, bytes: [UInt8])] {
        try [
            (.jpeg, media("night-ferry.jpg")), (.png, media("divider-waves.png")), (.webp, media("lighthouse.webp")),
            (.gif, media("tide.gif")),
        ]
    }

    /// A picture of the demo book.
    static func media(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: Checkout.path("Fixtures/demo-book/media/" + name))))
    }

    static func all() throws -> [BadPicture] {
        try truncated() + flipped() + noise() + exchanged() + HeaderBombs.all() + brokenStructures()
    }

    // MARK: Damage

    static func truncated() throws -> [BadPicture] {
        try whole().flatMap { format, bytes in
            (1...20).map { part in
                BadPicture("\(format) cut after \(part)/21", Array(bytes[..<(bytes.count * part / 21)]))
            } + [BadPicture("\(format) without its last byte", Array(bytes.dropLast()))]
        }
    }

    /// One bit at 64 places of each format.
    static func flipped() throws -> [BadPicture] {
        var random = SeededGenerator(seed: 7)
        return try whole().flatMap { format, bytes in
            (0..<64).map { number in
                let place = bytes.count * number / 64 + Int.random(in: 0..<max(1, bytes.count / 64), using: &random)
                var flipped = bytes
                flipped[min(place, bytes.count - 1)] ^= 1 << UInt8(number % 8)
                return BadPicture("\(format) with a bit turned at \(place)", flipped, .either)
            }
        }
    }

    static func noise() -> [BadPicture] {
        var random = SeededGenerator(seed: 11)
        let megabyte = (0..<(1 << 20)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let starts: [(String, [UInt8])] = [
            ("JPEG", [0xFF, 0xD8, 0xFF]), ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            ("WebP", Array("RIFF\u{4}\0\0\0WEBP".utf8)), ("GIF", Array("GIF89a".utf8)),
        ]
        return [
            BadPicture("no bytes", []), BadPicture("a megabyte of noise", megabyte),
            BadPicture("a megabyte of zeros", [UInt8](repeating: 0, count: 1 << 20)),
        ]
            + [0x00, 0x89, 0xFF].map { BadPicture("one byte \($0)", [$0]) }
            + starts.flatMap { name, start in
                [
                    BadPicture("\(name): its first bytes alone", start),
                    BadPicture("\(name): its first bytes and zeros", start + [UInt8](repeating: 0, count: 4096)),
                    BadPicture("\(name): its first bytes and 0xFF", start + [UInt8](repeating: 0xFF, count: 4096)),
                    BadPicture("\(name): its first bytes and noise", start + megabyte[..<65_536]),
                ]
            }
    }

    /// The first bytes of one format with the rest of another.
    static func exchanged() throws -> [BadPicture] {
        let whole = try whole()
        return whole.flatMap { one in
            whole.filter { $0.format != one.format }.map { other in
                BadPicture("\(one.format) whose body is \(other.format)", Array(one.bytes[..<12]) + other.bytes[12...])
            }
        }
    }

    // MARK: Bombs

    /// Small files that decode to much: more than their header says, or all that the caps allow.
    static func contentBombs(megabytes: Int) -> [BadPicture] {
        let zeros = Deflate.zeros(count: megabytes << 20)
        let name = Array("x\0\0".utf8)
        let header = TestPicture.big(8, 4) + TestPicture.big(8, 4)
        let rows = Deflate.zeros(count: 8 * 9)
        func png(_ chunks: [(String, [UInt8])], depth: UInt8 = 8) -> [UInt8] {
            TestPicture.pngFile([("IHDR", header + [depth, 0, 0, 0, 0])] + chunks + [("IEND", [])])
        }
        let side = TestPicture.big(10_000, 4)
        return [
            BadPicture("PNG with \(megabytes) MB in a zTXt", png([("zTXt", name + zeros), ("IDAT", rows)]), .either),
            BadPicture("PNG with \(megabytes) MB in an iCCP", png([("iCCP", name + zeros), ("IDAT", rows)]), .either),
            BadPicture(
                "PNG with \(megabytes) MB in an iTXt",
                png([("iTXt", Array("x\0\u{1}\0\0\0".utf8) + zeros), ("IDAT", rows)]), .either),
            BadPicture("PNG whose data are \(megabytes) MB too long", png([("IDAT", zeros)]), .either),
            BadPicture(
                "PNG of 100,000,000 white pixels",
                TestPicture.pngFile([
                    ("IHDR", side + side + [1, 0, 0, 0, 0]), ("IDAT", Deflate.zeros(count: 10_000 * 1251)),
                    ("IEND", []),
                ]), .either),
        ]
    }
}
