import Foundation
import TipinAssets
import TipinTestPictures

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
        bytes =
            Array(plain[..<header]) + TestPicture.pngChunk("tEXt", Array("Comment\0\(comment)".utf8)) + plain[header...]
    }

    /// With a place in its metadata, which the default rule takes out.
    init(positioned number: Int) {
        let plain = Picture(number).bytes
        let header = 8 + 12 + 13
        bytes =
            Array(plain[..<header])
            + TestPicture.pngChunk("tEXt", Array("exif:GPSLatitude\0".utf8) + Array("48,8N".utf8))
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
        var header = TestPicture.big(width, 4) + TestPicture.big(height, 4)
        header += [8, 2, 0, 0, 0]
        return TestPicture.pngFile([("IHDR", header), ("IDAT", TestPicture.stored(rows)), ("IEND", [])])
    }
}
