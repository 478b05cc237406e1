/// Hands the tokens of a text to two consumers.
package final class TokenFork: TokenConsumer {
    private let first: any TokenConsumer
    private let second: any TokenConsumer

    package init(_ first: any TokenConsumer, _ second: any TokenConsumer) {
        self.first = first
        self.second = second
    }

    package func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        first.consume(tokens) && second.consume(tokens)
    }
}
