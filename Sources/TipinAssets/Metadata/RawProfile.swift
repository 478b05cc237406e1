/// A profile that ImageMagick keeps in a PNG text: its name, its length and its bytes as hexadecimal digits.
struct RawProfile {
    private let name: String
    private let bytes: [UInt8]
    /// Where each digit stands, two for a byte.
    private let digits: [Int]

    /// - Parameter text: "\nexif\n      1234\n45786966…"
    init(_ text: ArraySlice<UInt8>) {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        name = String(decoding: lines.first ?? [], as: UTF8.self).lowercased()
        var values: [UInt8] = []
        var digits: [Int] = []
        for line in lines.dropFirst(2) {
            for place in line.indices {
                guard let value = Character(UnicodeScalar(text[place])).hexDigitValue else { continue }
                values.append(UInt8(value))
                digits.append(place)
            }
        }
        bytes = (0..<values.count / 2).map { values[2 * $0] << 4 | values[2 * $0 + 1] }
        self.digits = digits
    }

    var speaksOfPosition: Bool { parts.contains { $0.speaksOfPosition(in: bytes) } }

    /// 2 to 8 where the picture is to be turned or mirrored, as far as the profile is Exif that tells it.
    var orientation: Int? {
        guard case .exif(let range)? = parts.first else { return nil }
        return TIFFBlock.orientation(in: bytes[range])
    }

    /// A profile with the orientation and nothing else, as text.
    static func orientationOnly(_ orientation: Int, named name: String) -> [UInt8] {
        let block = Array("Exif\0\0".utf8) + TIFFBlock.orientationOnly(orientation)
        let text = block.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return Array("\n\(name)\n\(block.count)\n".utf8) + text + [UInt8(ascii: "\n")]
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Overwrites the position in the file that the text stands in; its length stays.
    func removePosition(from file: inout [UInt8]) {
        var result = bytes
        for part in parts where part.speaksOfPosition(in: result) { part.removePosition(from: &result) }
        if parts.contains(where: { $0.speaksOfPosition(in: result) }) {
            result = [UInt8](repeating: 0, count: result.count)
        }
        for (index, byte) in result.enumerated() where byte != bytes[index] {
            file[digits[2 * index]] = Self.digits[Int(byte >> 4)]
            file[digits[2 * index + 1]] = Self.digits[Int(byte & 15)]
        }
    }

    private var parts: [MetadataPart] {
        let exif = holdsExif ? MetadataPart.exif(at: bytes.indices, in: bytes) : []
        return exif + [.resources([bytes.indices]), .xmp([bytes.indices])]
    }

    /// Whether the bytes are Exif, as far as its name, their header or their byte order tells.
    private var holdsExif: Bool {
        name == "exif" || MetadataPart.exifHeaderLength(bytes[...]) > 0
            || ["II", "MM"].contains { bytes.starts(with: $0.utf8) }
    }
}
