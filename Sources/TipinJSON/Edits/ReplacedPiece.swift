/// What an edit made of a piece of a text.
struct ReplacedPiece {
    /// Where the new bytes stand in the edited text.
    var place: Range<Int>
    /// The bytes that stood there.
    var old: UnsafeBufferPointer<UInt8>
    /// How many strings of this text the piece stands in.
    var nesting: Int
}
