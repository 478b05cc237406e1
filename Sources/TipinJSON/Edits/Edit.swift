/// Replaces one byte range of a document by other bytes.
package struct Edit: Sendable, Equatable {
    /// Bytes from the start of the document.
    package var range: Range<Int>
    /// As it stands in the document: escaped already for the strings around it.
    package var replacement: [UInt8]
    /// How many JSON strings the range stands in.
    package var nesting: Int

    package init(_ range: Range<Int>, _ replacement: [UInt8], nesting: Int = 0) {
        self.range = range
        self.replacement = replacement
        self.nesting = nesting
    }
}

extension [Edit] {
    /// The bytes after all edits.
    ///
    /// The edits may be in any order; two that overlap are a bug of whoever made them.
    package func applied(to bytes: [UInt8]) -> [UInt8] {
        let edits = sortedByPlace()
        guard !edits.isEmpty else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count - $1.range.count })
        var position = 0
        for edit in edits {
            precondition(edit.range.lowerBound >= position, "edits overlap")
            result += bytes[position..<edit.range.lowerBound]
            result += edit.replacement
            position = edit.range.upperBound
        }
        result += bytes[position...]
        return result
    }

    /// The edits that lead back from the edited bytes to `bytes`.
    package func inverted(from bytes: [UInt8]) -> [Edit] {
        var shift = 0
        return sortedByPlace().map { edit in
            let start = edit.range.lowerBound + shift
            shift += edit.replacement.count - edit.range.count
            return Edit(
                start..<(start + edit.replacement.count), [UInt8](bytes[edit.range]), nesting: edit.nesting)
        }
    }

    /// Whether two of them, sorted by their places, want the same bytes: a bug of whoever made them.
    package var overlap: Bool {
        zip(self, dropFirst()).contains { $0.range.upperBound > $1.range.lowerBound }
    }

    /// By where they begin; an insertion stands before what replaces the bytes behind it.
    package func sortedByPlace() -> [Edit] {
        sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }
}
