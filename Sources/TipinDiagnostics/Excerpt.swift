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
