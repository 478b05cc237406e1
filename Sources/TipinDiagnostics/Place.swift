/// Where in a document something stands.
package struct Place: Sendable, Equatable {
    /// The document's path as the user gave it or the walk found it; `-` for standard input.
    package var file: String
    /// 1-based; `nil` where the problem concerns the whole file.
    package var line: Int?
    /// 1-based, counted in Unicode scalars.
    package var column: Int?
    /// Bytes from the start of the file.
    package var offset: Int?
    /// Bytes.
    package var length: Int?
    /// JSON pointer (RFC 6901); `#` stands where it enters a JSON text inside a string.
    package var pointer: String?
    /// The source around the value, at most a screen's width.
    package var excerpt: Excerpt?

    package init(
        file: String, line: Int? = nil, column: Int? = nil, offset: Int? = nil, length: Int? = nil,
        pointer: String? = nil, excerpt: Excerpt? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.offset = offset
        self.length = length
        self.pointer = pointer
        self.excerpt = excerpt
    }
}
