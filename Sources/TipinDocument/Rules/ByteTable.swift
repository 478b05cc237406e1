internal import TipinJSON

/// Finds a value by a JSON string token without making a `String` of it.
///
/// Open addressing over the first 16 bytes and the length; longer names are compared one by one.
final class ByteTable<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Safe because nothing changes after init.
    private struct Entry: BitwiseCopyable {
        var low: UInt64
        var high: UInt64
        var length: Int
        var value: Value

        @inline(__always)
        func isName(_ low: UInt64, _ high: UInt64, _ length: Int) -> Bool {
            self.low == low && self.high == high && self.length == length
        }
    }

    /// Read for every key, so without bounds checks; a length of -1 marks a free slot.
    private let entries: UnsafeMutablePointer<Entry>
    private let mask: Int
    private let longNames: [(name: [UInt8], value: Value)]

    /// A name that stands twice has its first value.
    init(_ names: [(String, Value)]) {
        var size = 16
        while size < names.count * 4 { size *= 2 }
        guard let filler = names.first?.1 else { preconditionFailure("a table without names") }
        entries = .allocate(capacity: size)
        entries.initialize(repeating: Entry(low: 0, high: 0, length: -1, value: filler), count: size)
        var longNames: [(name: [UInt8], value: Value)] = []
        for (name, value) in names {
            let bytes = Array(name.utf8)
            guard bytes.count <= 16 else {
                longNames.append((bytes, value))
                continue
            }
            let (low, high) = Self.words(bytes, 0, bytes.count)
            var slot = Self.hash(low, high, bytes.count) & (size - 1)
            while entries[slot].length >= 0, !entries[slot].isName(low, high, bytes.count) {
                slot = (slot + 1) & (size - 1)
            }
            if entries[slot].length < 0 {
                entries[slot] = Entry(low: low, high: high, length: bytes.count, value: value)
            }
        }
        self.longNames = longNames
        mask = size - 1
    }

    deinit { entries.deallocate() }

    /// - Parameter token: a string with its quotes.
    @inline(__always)
    func value(of token: ByteRange, in text: UnsafeBufferPointer<UInt8>) -> Value? {
        let start = Int(token.start) + 1
        let length = token.count - 2
        guard length <= 16 else { return longValue(of: token, in: text) }
        let (low, high) = Self.words(text, start, length)
        if Self.hasBackslash(low) || Self.hasBackslash(high) { return escapedValue(of: token, in: text) }
        return value(low, high, length)
    }

    @inline(__always)
    private func value(_ low: UInt64, _ high: UInt64, _ length: Int) -> Value? {
        var slot = Self.hash(low, high, length) & mask
        while entries[slot].length >= 0 {
            if entries[slot].isName(low, high, length) { return entries[slot].value }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func longValue(of token: ByteRange, in text: UnsafeBufferPointer<UInt8>) -> Value? {
        let token = UnsafeBufferPointer(rebasing: text[token.range])
        for (name, value) in longNames where JSONString.equals(token, name) { return value }
        // An escaped name is at most six times as long.
        guard token.count <= 16 * 6 + 2, token.contains(UInt8(ascii: "\\")) else { return nil }
        return unescapedValue(of: token)
    }

    private func escapedValue(of token: ByteRange, in text: UnsafeBufferPointer<UInt8>) -> Value? {
        unescapedValue(of: UnsafeBufferPointer(rebasing: text[token.range]))
    }

    private func unescapedValue(of token: UnsafeBufferPointer<UInt8>) -> Value? {
        let name = JSONString.decode(token)
        guard name.count <= 16 else { return longNames.first { $0.name == name }?.value }
        let (low, high) = Self.words(name, 0, name.count)
        return value(low, high, name.count)
    }

    @inline(__always)
    private static func words(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> (UInt64, UInt64) {
        guard start + 16 <= text.count, let base = text.baseAddress else {
            return words(Array(text[start..<(start + length)]), 0, length)
        }
        let raw = UnsafeRawPointer(base) + start
        let low = raw.loadUnaligned(as: UInt64.self)
        let high = (raw + 8).loadUnaligned(as: UInt64.self)
        if length >= 8 { return (low, length == 16 ? high : high & (1 << (UInt64(length - 8) * 8) - 1)) }
        return (low & (1 << (UInt64(length) * 8) - 1), 0)
    }

    private static func words(_ bytes: [UInt8], _ start: Int, _ length: Int) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        for index in 0..<length {
            let byte = UInt64(bytes[start + index])
            if index < 8 { words.0 |= byte << UInt64(index * 8) } else { words.1 |= byte << UInt64((index - 8) * 8) }
        }
        return words
    }

    @inline(__always)
    private static func hash(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
        let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(length)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 40)
    }

    /// Whether one of the eight bytes is a backslash.
    @inline(__always)
    private static func hasBackslash(_ word: UInt64) -> Bool {
        let difference = word ^ 0x5C5C_5C5C_5C5C_5C5C
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
    }
}
