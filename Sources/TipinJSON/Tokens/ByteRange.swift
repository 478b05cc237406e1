/// A half-open range of byte offsets, half the size of `Range<Int>`: a text has at most 4 GiB.
package struct ByteRange: Sendable, Hashable {
    package var start: UInt32
    package var end: UInt32

    package init(_ start: Int, _ end: Int) {
        self.start = UInt32(start)
        self.end = UInt32(end)
    }

    package init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }

    /// The value that stands for "no such place".
    package static let none = ByteRange(Int(UInt32.max), Int(UInt32.max))

    package var isNone: Bool { start == UInt32.max }
    package var isPresent: Bool { start != UInt32.max }
    package var count: Int { Int(end) - Int(start) }
    package var range: Range<Int> { Int(start)..<Int(end) }
}
