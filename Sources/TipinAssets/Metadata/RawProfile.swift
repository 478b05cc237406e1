/// A profile that ImageMagick keeps in a PNG text: its name, its length and its bytes as hexadecimal digits.
struct RawProfile {
    private let bytes: [UInt8]

    /// - Parameter text: "\nexif\n      1234\n45786966…"
    init(_ text: ArraySlice<UInt8>) {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in lines.dropFirst(2).joined().compactMap({ Character(UnicodeScalar($0)).hexDigitValue }) {
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        self.bytes = bytes
    }

    var speaksOfPosition: Bool {
        MetadataPart.exif(at: bytes.indices, in: bytes).contains { $0.speaksOfPosition(in: bytes) }
            || MetadataPart.resources([bytes.indices]).speaksOfPosition(in: bytes)
            || XMPText(bytes[...]).speaksOfPosition
    }
}
