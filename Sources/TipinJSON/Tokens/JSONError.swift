/// Why a text is not read as JSON, and where.
package struct JSONError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// No token at all: nothing, or white space.
        case empty
        /// A byte sequence that UTF-8 does not have (RFC 3629).
        case invalidUTF8
        /// A vertical tab or form feed, which JSON does not count as white space (RFC 8259, 2).
        case invalidWhitespace
        /// The text ends inside a value.
        case truncated
        /// In the tokenizer's words.
        case syntax(String)
        case tooDeep(limit: Int)
        /// Texts in strings inside one another have too many bytes together.
        case textsTooLarge(limit: Int)
        /// The consumer asked to stop.
        case stopped
    }

    package var reason: Reason
    /// Bytes from the start of the text.
    package var offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
