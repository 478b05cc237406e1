/// What a box of ISO base media holds that may be anything: Exif, JSON, the data of a picture's further layers.
struct BoxContent {
    /// What a person may call it.
    static let name = "data box"

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var namesPosition: Bool {
        PositionTraces.areIn(bytes[...])
            || bytes.indices.contains { place in Self.words.contains { Self.begins(bytes[place...], with: $0) } }
    }

    /// The bytes without the positions in their Exif, as long as before; zeros where they are not all that names one.
    func withoutPosition() -> [UInt8] {
        let result = withoutPositionInExif
        return result.namesPosition ? [UInt8](repeating: 0, count: bytes.count) : result.bytes
    }

    /// Whether a position goes with all that stands beside it.
    var goesWhole: Bool { withoutPositionInExif.namesPosition }

    private var withoutPositionInExif: BoxContent {
        var result = bytes
        for block in ExifSearch.positions(in: bytes[...]) { MetadataPart.exif(block).removePosition(from: &result) }
        return BoxContent(result)
    }

    /// Whether a box stands somewhere in it whose content is compressed with Brotli, behind a length of its own (ISO
    /// 14496-12, 4.2) that it has room for.
    var holdsCompressedBox: Bool {
        let view = ByteView(bytes: bytes)
        return bytes.indices.contains { place in
            guard bytes[place] == UInt8(ascii: "b"), view.has("brob", at: place), let length = view.big(place - 4, 4)
            else { return false }
            let room = bytes.count - (place - 4)
            return switch length {
            case 0: true  // To the end.
            case 1: view.big(place + 4, 8).map { Self.longHeaderLength <= $0 && $0 <= room } ?? false
            default: Self.headerLength <= length && length <= room
            }
        }
    }

    private static let headerLength = 8
    private static let longHeaderLength = 16

    /// What statements in JSON and CBOR call a position (schema.org `GeoCoordinates`).
    private static let words = ["latitude", "longitude"].map { Array($0.utf8) }

    /// Whether the bytes begin with a word in small letters, in whatever case its letters stand.
    private static func begins(_ bytes: ArraySlice<UInt8>, with word: [UInt8]) -> Bool {
        bytes.count >= word.count && zip(word, bytes).allSatisfy { $0 == $1 | 0x20 }
    }
}
