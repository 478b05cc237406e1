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

/// A piece of one source line with the value underlined in it.
package struct Excerpt: Sendable, Equatable {
    /// At most 60 columns of the line, free of control characters.
    package var text: String
    /// Columns before the underlined part.
    package var indent: Int
    /// Columns underlined, at least 1.
    package var width: Int

    package init(text: String, indent: Int, width: Int) {
        self.text = text
        self.indent = indent
        self.width = width
    }
}
