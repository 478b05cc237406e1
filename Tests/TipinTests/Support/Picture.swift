import Foundation
import TipinAssets

/// A small picture of a colour of its own: as many different ones as a test needs.
struct Picture {
    static let width = 3
    static let height = 2

    let bytes: [UInt8]

    init(_ number: Int) {
        let pixel: [UInt8] = [UInt8(truncatingIfNeeded: number * 67), UInt8(truncatingIfNeeded: number >> 2), 0x55]
        let row: [UInt8] = [0] + Array(repeating: pixel, count: Self.width).joined()
        bytes = Self.png(Array([[UInt8]](repeating: row, count: Self.height).joined()))
    }

    /// The same pixels with a comment, so that the bytes differ.
    init(_ number: Int, comment: String) {
        let plain = Picture(number).bytes
        let header = 8 + 12 + 13
        bytes = Array(plain[..<header]) + Self.chunk("tEXt", Array("Comment\0\(comment)".utf8)) + plain[header...]
    }

    /// With a place in its metadata, which the default rule takes out.
    init(positioned number: Int) {
        let plain = Picture(number).bytes
        let header = 8 + 12 + 13
        bytes =
            Array(plain[..<header]) + Self.chunk("tEXt", Array("exif:GPSLatitude\0".utf8) + Array("48,8N".utf8))
            + plain[header...]
    }

    var sha256: String { SHA256Digest(of: bytes).description }

    var id: String { AssetID.derived(from: SHA256Digest(of: bytes)) }

    var dataURL: String { "data:image/png;base64," + Data(bytes).base64EncodedString() }

    var percentEncodedDataURL: String {
        "data:image/png," + bytes.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: The format

    private static func png(_ rows: [UInt8]) -> [UInt8] {
        let header = big(width) + big(height) + [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", stored(rows))
            + chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return big(content.count) + body + big(Int(checksum(body)))
    }

    private static func big(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// A zlib stream with one block that is not compressed.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var low = 1
        var high = 0
        for byte in bytes {
            low = (low + Int(byte)) % 65521
            high = (high + low) % 65521
        }
        let length = [UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8)]
        return [0x78, 0x01, 0x01] + length + length.map { ~$0 } + bytes + big(high << 16 | low)
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
