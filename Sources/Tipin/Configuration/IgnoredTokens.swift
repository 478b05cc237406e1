internal import TipinJSON

/// Takes tokens only to learn whether the text is JSON.
final class IgnoredTokens: TokenConsumer {
    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool { true }
}
