/// What a token is.
package enum TokenKind: UInt8, Sendable {
    case objectStart, objectEnd, arrayStart, arrayEnd, key, string, number, boolean, null
}

/// One token of a JSON text and the bytes it stands in, quotes included.
package struct Token: Sendable, Equatable {
    package var range: ByteRange
    package var kind: TokenKind

    package init(_ kind: TokenKind, _ range: ByteRange) {
        self.kind = kind
        self.range = range
    }
}

/// Receives the tokens of a text in order, many at a time.
package protocol TokenConsumer: AnyObject {
    /// - Returns: `false` to stop; the tokenizer then throws `.stopped`.
    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool
}
