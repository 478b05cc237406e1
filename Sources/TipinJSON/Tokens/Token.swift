/// One token of a JSON text and the bytes it stands in, quotes included.
package struct Token: Sendable, Equatable {
    package var range: ByteRange
    package var kind: TokenKind

    package init(_ kind: TokenKind, _ range: ByteRange) {
        self.kind = kind
        self.range = range
    }
}
