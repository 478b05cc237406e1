package import TipinJSON

/// All tokens of a text, for tests that look at them one by one.
package final class TokenList: TokenConsumer {
    package private(set) var tokens: [Token] = []

    private init() {}

    package func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        self.tokens += tokens
        return true
    }

    /// - Parameters:
    ///   - isChecked: as the tokenizer's.
    ///   - isShared: as the tokenizer's.
    package static func tokens(
        of bytes: [UInt8], depthLimit: Int = 512, isChecked: Bool = false, isShared: Bool = false
    ) throws -> [Token] {
        let list = TokenList()
        try bytes.withUnsafeBufferPointer {
            try Tokenizer.run($0, depthLimit: depthLimit, isChecked: isChecked, isShared: isShared, consumer: list)
        }
        return list.tokens
    }
}
