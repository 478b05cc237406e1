/// A piece of a document as it reads after the JSON strings around it are unescaped.
///
/// At nesting 0 it is the piece itself. Offsets in `bytes` can be told in the document's own offsets.
package struct NestedText: Sendable {
    /// From the outermost string inwards; empty at nesting 0.
    private let levels: [UnescapedText]
    private let source: Range<Int>
    /// The piece itself, at nesting 0 a copy.
    package let bytes: [UInt8]
    /// For each string around the piece, from the outermost inwards.
    private let styles: [EscapeStyle]

    /// - Parameters:
    ///   - source: a range of the document that begins and ends between two characters of the innermost text.
    ///   - nesting: how many JSON strings the piece stands in.
    package init(_ source: Range<Int>, nesting: Int, of document: UnsafeBufferPointer<UInt8>) {
        self.source = source
        guard nesting > 0 else {
            bytes = Array(document[source])
            levels = []
            styles = []
            return
        }
        var levels = [UnescapedText(source, of: document)]
        var styles = [EscapeStyle(of: UnsafeBufferPointer(rebasing: document[source]))]
        while levels.count < nesting, let last = levels.last {
            styles.append(last.bytes.withUnsafeBufferPointer(EscapeStyle.init(of:)))
            levels.append(last.bytes.withUnsafeBufferPointer { UnescapedText(0..<$0.count, of: $0) })
        }
        self.levels = levels
        bytes = levels.last?.bytes ?? []
        self.styles = styles
    }

    /// A range of `bytes` in the document's offsets.
    package func documentRange(
        of range: Range<Int>, in document: UnsafeBufferPointer<UInt8>
    ) -> Range<Int> {
        guard !levels.isEmpty else {
            return (range.lowerBound + source.lowerBound)..<(range.upperBound + source.lowerBound)
        }
        var result = range
        for index in levels.indices.reversed() {
            result =
                index == 0
                ? levels[0].outerRange(of: result, in: document)
                : levels[index - 1].bytes.withUnsafeBufferPointer { levels[index].outerRange(of: result, in: $0) }
        }
        return result
    }

    /// A text that is to stand in the piece, as it must stand in the document.
    package func escaped(_ text: [UInt8]) -> [UInt8] {
        var result = text
        for index in levels.indices.reversed() {
            var outer: [UInt8] = []
            JSONString.append(result, to: &outer, styles[index])
            result = outer
        }
        return result
    }
}
