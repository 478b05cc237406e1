/// A piece of a box of JUMBF or JPEG XT, as a segment of a JPEG holds it (ISO 19566-5, D.2).
struct BoxPiece {
    /// The number, length and type of the box, which are the same in all of its pieces.
    let box: [UInt8]
    /// Whether it is a box of boxes with a description, such as content credentials are.
    let isSuperbox: Bool
    let number: Int
    /// Bytes in front of what the pieces make together.
    let headerLength: Int

    /// `JP`, the number of the box, that of the piece, and the length and type of the box, which every piece repeats;
    /// `nil` where a segment holds something else.
    init?(_ segment: ArraySlice<UInt8>) {
        let bytes = Array(segment.prefix(24))
        guard bytes.starts(with: "JP".utf8), bytes.count >= 16 else { return nil }
        // A length of 1 stands for one of eight bytes behind the type.
        let isLong = bytes[8..<12] == [0, 0, 0, 1]
        box = Array(bytes[2..<4] + bytes[8..<(isLong ? bytes.count : 16)])
        isSuperbox = bytes[12..<16].elementsEqual("jumb".utf8)
        number = bytes[4..<8].reduce(0) { $0 << 8 | Int($1) }
        headerLength = isLong ? 24 : 16
    }
}
