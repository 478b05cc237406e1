/// Words that pass through a message: one line, printable, short.
enum Words {
    /// No words have more Unicode scalars; in UTF-8 that is at most 800 bytes.
    static let maximumLength = 200

    /// The words without control characters, runs of white space as one space, cut at `maximumLength`.
    static func bounded(_ words: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            guard result.count < maximumLength else { break }
            let isText = scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
            if isText && !scalar.properties.isWhitespace {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        while result.last == " " { result.removeLast() }
        return String(result)
    }
}
