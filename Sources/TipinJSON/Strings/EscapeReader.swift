internal import Glibc

/// Walks over the inside of a valid string token, one character or escape at a time.
struct EscapeReader {
    private let body: UnsafeBufferPointer<UInt8>
    /// The next byte to read.
    private(set) var position = 0

    init(_ body: UnsafeBufferPointer<UInt8>) { self.body = body }

    init(_ body: UnsafeBufferPointer<UInt8>, at position: Int) {
        self.body = body
        self.position = position
    }

    var isAtEnd: Bool { position >= body.count }

    /// Copies what stands before the next escape, at most `limit` bytes of it.
    mutating func copyPlain(to output: UnsafeMutableBufferPointer<UInt8>, at count: inout Int, limit: Int = .max) {
        guard let base = body.baseAddress, let target = output.baseAddress else { return }
        var length = min(limit, body.count - position)
        if let found = memchr(base + position, Int32(UInt8(ascii: "\\")), length) {
            length = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base - position
        }
        memcpy(target + count, base + position, length)
        position += length
        count += length
    }

    var isAtEscape: Bool { position < body.count && body[position] == UInt8(ascii: "\\") }

    /// Writes the next byte, or all bytes of the next escape, and moves on.
    @inline(__always)
    mutating func copyNext(to output: UnsafeMutableBufferPointer<UInt8>, at count: inout Int) {
        let byte = body[position]
        if byte != UInt8(ascii: "\\") {
            output[count] = byte
            count += 1
            position += 1
            return
        }
        let escaped = position + 1 < body.count ? body[position + 1] : UInt8(ascii: "\\")
        position += 2
        guard escaped == UInt8(ascii: "u") else {
            output[count] = Self.simpleEscape(escaped)
            count += 1
            return
        }
        write(nextScalar(), to: output, at: &count)
    }

    /// Moves over the next byte or escape.
    /// - Returns: how many bytes of text it stands for.
    mutating func skipNext() -> Int {
        guard body[position] == UInt8(ascii: "\\") else {
            position += 1
            return 1
        }
        let escaped = position + 1 < body.count ? body[position + 1] : UInt8(ascii: "\\")
        position += 2
        guard escaped == UInt8(ascii: "u") else { return 1 }
        let scalar = nextScalar()
        return scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    }

    /// The code point of the `\u` escape whose digits stand at `position`; a pair of surrogates is one code point.
    private mutating func nextScalar() -> UInt32 {
        let unit = hex(at: position)
        position += 4
        guard (0xD800..<0xDC00).contains(unit), position + 6 <= body.count, body[position] == UInt8(ascii: "\\"),
            body[position + 1] == UInt8(ascii: "u")
        else { return unit }
        let low = hex(at: position + 2)
        guard (0xDC00..<0xE000).contains(low) else { return unit }
        position += 6
        return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
    }

    private func hex(at start: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in start..<min(start + 4, body.count) {
            let byte = body[offset]
            let digit: UInt8 =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
                case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
                default: 0
                }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private func write(_ scalar: UInt32, to output: UnsafeMutableBufferPointer<UInt8>, at count: inout Int) {
        func put(_ byte: UInt32) {
            output[count] = UInt8(truncatingIfNeeded: byte)
            count += 1
        }
        if scalar < 0x80 {
            put(scalar)
        } else if scalar < 0x800 {
            put(0xC0 | scalar >> 6)
            put(0x80 | scalar & 0x3F)
        } else if scalar < 0x10000 {
            put(0xE0 | scalar >> 12)
            put(0x80 | scalar >> 6 & 0x3F)
            put(0x80 | scalar & 0x3F)
        } else {
            put(0xF0 | scalar >> 18)
            put(0x80 | scalar >> 12 & 0x3F)
            put(0x80 | scalar >> 6 & 0x3F)
            put(0x80 | scalar & 0x3F)
        }
    }

    private static func simpleEscape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: byte
        }
    }
}
