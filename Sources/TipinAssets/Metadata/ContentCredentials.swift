/// The signed statements about a picture (C2PA), which stand in boxes of JUMBF (ISO 19566-5).
///
/// They may hold anything: Exif, XMP, JSON, CBOR, files. What they say is signed, so that nothing can be taken out of
/// them without making them worthless: they stay or go as a whole.
struct ContentCredentials {
    /// What a person calls them.
    static let name = "content credentials"

    private let boxes: [UInt8]

    /// - Parameter pieces: in their order; those of a JPEG with what tells one from another.
    init(_ pieces: [ArraySlice<UInt8>]) {
        boxes = pieces.flatMap { $0.dropFirst(Self.piece($0)?.headerLength ?? 0) }
    }

    /// A piece of a box, as a segment of a JPEG holds it.
    struct Piece {
        /// The number, length and type of the box, which are the same in all of its pieces.
        var box: [UInt8]
        var number: Int
        /// Bytes in front of what the pieces make together.
        var headerLength: Int
    }

    /// D.2: `JP`, the number of the box, that of the piece, and the length and type of the box, which every piece
    /// repeats.
    static func piece(_ segment: ArraySlice<UInt8>) -> Piece? {
        let bytes = Array(segment.prefix(24))
        guard bytes.starts(with: "JP".utf8), bytes.count >= 16 else { return nil }
        // A length of 1 stands for one of eight bytes behind the type.
        let isLong = bytes[8..<12] == [0, 0, 0, 1]
        return Piece(
            box: Array(bytes[2..<4] + bytes[8..<(isLong ? bytes.count : 16)]),
            number: bytes[4..<8].reduce(0) { $0 << 8 | Int($1) }, headerLength: isLong ? 24 : 16)
    }

    /// Whether they say where the picture was taken, or have something in them that is compressed and may say it.
    var speakOfPosition: Bool {
        PositionTraces.areIn(boxes[...])
            || boxes.indices.contains { place in Self.words.contains { Self.begins(boxes[place...], with: $0) } }
    }

    /// What statements in JSON and CBOR call a position (schema.org `GeoCoordinates`), and the box of what is
    /// compressed with Brotli.
    private static let words = ["latitude", "longitude", "brob"].map { Array($0.utf8) }

    /// Whether the bytes begin with a word in small letters, in whatever case its letters stand.
    private static func begins(_ bytes: ArraySlice<UInt8>, with word: [UInt8]) -> Bool {
        bytes.count >= word.count && zip(word, bytes).allSatisfy { $0 == $1 | 0x20 }
    }
}
