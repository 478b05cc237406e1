/// Finds what yajl lets pass: it takes overlong forms, surrogates and values over U+10FFFF for UTF-8.
package enum UTF8Check {
    package static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { text in
            text.baseAddress.map { firstError(in: $0, from: 0, to: text.count) == nil } ?? true
        }
    }

    /// - Returns: the offset of the first byte in `start..<end` that is not part of a well-formed sequence.
    static func firstError(in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
        let raw = UnsafeRawPointer(base)
        var position = start
        while position + 16 <= end {
            while position + 32 <= end, isASCII(raw + position) { position += 32 }
            guard position + 16 <= end else { break }
            let low = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highBits
            let high = raw.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self) & highBits
            guard low | high != 0 else {
                position += 16
                continue
            }
            // The lowest set bit is that of the first byte: the machines are little-endian.
            position += low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
            let length = sequenceLength(base, at: position, end: end)
            guard length > 0 else { return position }
            position += length
        }
        while position < end {
            let length = base[position] < 0x80 ? 1 : sequenceLength(base, at: position, end: end)
            guard length > 0 else { return position }
            position += length
        }
        return nil
    }

    /// Of 32 bytes.
    @inline(__always)
    private static func isASCII(_ bytes: UnsafeRawPointer) -> Bool {
        bytes.loadUnaligned(as: SIMD4<UInt64>.self) & SIMD4(repeating: highBits) == .zero
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The length of the well-formed sequence that starts at `position` (Unicode 15, table 3-7), or 0.
    @inline(__always)
    private static func sequenceLength(_ base: UnsafePointer<UInt8>, at position: Int, end: Int) -> Int {
        let lead = base[position]
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { lowest = 0xA0 }
            if lead == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { lowest = 0x90 }
            if lead == 0xF4 { highest = 0x8F }
        default: return 0
        }
        guard position + length <= end else { return 0 }
        let second = base[position + 1]
        guard second >= lowest, second <= highest else { return 0 }
        if length > 2, base[position + 2] & 0xC0 != 0x80 { return 0 }
        if length > 3, base[position + 3] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
