internal import Foundation

/// Small pictures, put together byte by byte.
package enum TestPicture {
    /// 16 × 8, grey.
    package static let jpeg = base64(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8"
            + "ybqmx5moq6T/wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABgQAAIDAAAAAAAAAAAAAAAAAAADBCEx/9oACAEBAAA/"
            + "ACoycoVjJyj/2Q==")

    /// 16 × 8, with losses.
    package static let webp = base64("UklGRi4AAABXRUJQVlA4ICIAAACwAQCdASoQAAgAB0CWJaQAAjaegjgAAP7lni8IKKysAAAA")

    /// 1 × 1, without losses: what stands in the chunk `VP8L`.
    private static let pixel = Array(base64("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")[20..<33])

    private static func base64(_ text: String) -> [UInt8] { [UInt8](Data(base64Encoded: text) ?? Data()) }

    package static func png(width: Int = 3, height: Int = 2, extra: [(String, [UInt8])] = []) -> [UInt8] {
        let row = [UInt8](repeating: 0, count: 1 + width * 4)
        let rows = (0..<height).flatMap { _ in row }
        let header = big(width, 4) + big(height, 4) + [8, 6, 0, 0, 0]
        return pngFile([("IHDR", header)] + extra + [("IDAT", stored(rows)), ("IEND", [])])
    }

    /// A header that promises much and a few bytes of picture data.
    package static func pngPromising(width: Int, height: Int) -> [UInt8] {
        let header = big(width, 4) + big(height, 4) + [1, 0, 0, 0, 0]
        return pngFile([("IHDR", header), ("IDAT", stored([0, 0])), ("IEND", [])])
    }

    package static func pngFile(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return start + chunks.flatMap { pngChunk($0.0, $0.1) }
    }

    package static func pngChunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return big(content.count, 4) + body + big(Int(checksum(body)), 4)
    }

    package static func gif(width: Int = 1, height: Int = 1, frames: Int = 1, blocks: [UInt8] = []) -> [UInt8] {
        let header = Array("GIF89a".utf8) + little(width, 2) + little(height, 2) + [0x80, 0, 0, 0, 0, 0, 255, 255, 255]
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
        return header + blocks + (0..<frames).flatMap { _ in frame } + [0x3B]
    }

    package static func animatedWebP(frames: Int) -> [UInt8] {
        let canvas: [UInt8] = [0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let frame = [UInt8](repeating: 0, count: 12) + [10, 0, 0, 0] + chunk("VP8L", pixel)
        let animation = chunk("ANIM", [0, 0, 0, 0, 0, 0])
        return webpFile(chunk("VP8X", canvas) + animation + (0..<frames).flatMap { _ in chunk("ANMF", frame) })
    }

    /// 1 × 1 with the given chunks behind the picture.
    package static func webp(flags: UInt8, extra: [(String, [UInt8])]) -> [UInt8] {
        let canvas: [UInt8] = [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        return webpFile(chunk("VP8X", canvas) + chunk("VP8L", pixel) + extra.flatMap { chunk($0.0, $0.1) })
    }

    package static func webpFile(_ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little(chunks.count + 4, 4) + Array("WEBP".utf8) + chunks
    }

    package static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        Array(type.utf8) + little(content.count, 4) + content + [UInt8](repeating: 0, count: content.count % 2)
    }

    /// Only the header of a JPEG.
    package static func jpegPromising(width: Int, height: Int) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8] + big(height, 2) + big(width, 2) + [1, 1, 0x11, 0, 0xFF, 0xD9]
    }

    /// The JPEG with segments behind its first marker.
    package static func jpeg(segments: [UInt8], trailer: [UInt8] = []) -> [UInt8] {
        Array(jpeg[..<2]) + segments + jpeg[2...] + trailer
    }

    package static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + big(content.count + 2, 2) + content
    }

    package static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    package static func little(_ value: Int, _ count: Int) -> [UInt8] { big(value, count).reversed() }

    /// A zlib stream with one block that is not compressed.
    package static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var low = 1
        var high = 0
        for byte in bytes {
            low = (low + Int(byte)) % 65521
            high = (high + low) % 65521
        }
        let length = little(bytes.count, 2)
        return [0x78, 0x01, 0x01] + length + length.map { ~$0 } + bytes + big(high << 16 | low, 4)
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var code: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            code ^= UInt32(byte)
            for _ in 0..<8 { code = code & 1 == 0 ? code >> 1 : code >> 1 ^ 0xEDB8_8320 }
        }
        return ~code
    }
}
