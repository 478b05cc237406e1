/// Reading numbers in bytes that nobody vouches for: what lies outside is `nil`.
struct ByteView {
    let bytes: [UInt8]

    subscript(index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }

    /// `count` bytes at `index`, the highest first.
    func big(_ index: Int, _ count: Int) -> Int? {
        guard index >= 0, index <= bytes.count - count else { return nil }
        return bytes[index..<index + count].reduce(0) { $0 << 8 | Int($1) }
    }

    /// `count` bytes at `index`, the lowest first.
    func little(_ index: Int, _ count: Int) -> Int? {
        guard index >= 0, index <= bytes.count - count else { return nil }
        return bytes[index..<index + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether the text stands at `index`.
    func has(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index >= 0, index <= bytes.count - count else { return false }
        return text.withUTF8Buffer { bytes[index..<index + count].elementsEqual($0) }
    }
}
