/// Receives the tokens of a text in order, many at a time.
package protocol TokenConsumer: AnyObject {
    /// - Returns: `false` to stop; the tokenizer then throws `.stopped`.
    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool
}
