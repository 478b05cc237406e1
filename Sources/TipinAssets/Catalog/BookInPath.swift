/// Tells the book from a path that the app wrote: `…/books/<book>/files/<sha256>/original.<ext>` (PRD 6).
package enum BookInPath {
    /// The book's id and the path from `books` on; `nil` where the path has another shape.
    static func parse(_ path: String, _ digest: SHA256Digest) -> (book: String, relative: String)? {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard parts.count >= 5, parts[parts.count - 3] == "files", parts[parts.count - 5] == "books",
            parts[parts.count - 2].lowercased() == digest.description, let book = decoded(parts[parts.count - 4])
        else { return nil }
        return (book, parts.suffix(5).joined(separator: "/"))
    }

    /// `nil` where the id cannot be told from the folder's name: cut names hold only its first bytes.
    package static func decoded(_ folder: Substring) -> String? {
        guard !folder.contains("~") || folder.utf8.count < 133 else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(folder.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
