internal import TipinJSON

/// All tokens of a JSON text, one after the other.
final class TokenRow: TokenConsumer {
    private(set) var tokens: [Token] = []

    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        self.tokens += tokens
        return true
    }
}
