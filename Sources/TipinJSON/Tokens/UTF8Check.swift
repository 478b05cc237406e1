/// Finds what yajl lets pass: it takes overlong forms, surrogates and values over U+10FFFF for UTF-8.
package enum UTF8Check {
    package static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { text in
            text.baseAddress.map { firstError(in: $0, from: 0, to: text.count) == nil } ?? true
        }
    }

    /// - Returns: the offset of the first byte in `start..<end` that is not part of a well-formed sequence.
    static func firstError(in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
        var position = start
        // A block looks back at the three bytes before it.
        while position < end, position < start + 3 {
            guard let next = next(base, after: position, end: end) else { return position }
            position = next
        }
        let raw = UnsafeRawPointer(base)
        while position + Block.count <= end {
            let block = Block(raw + position)
            // What stands before may want more bytes.
            if !block.isASCII || base[position - 1] >= 0x80, block.hasFault { break }
            position += Block.count
        }
        position = sequenceStart(base, upTo: position, from: start)
        while position < end {
            guard let next = next(base, after: position, end: end) else { return position }
            position = next
        }
        return nil
    }

    /// 64 bytes, looked at side by side: in a script that is not Latin nearly every sequence has several bytes.
    private struct Block {
        static let count = 64
        private typealias Bytes = SIMD16<UInt8>
        private let start: UnsafeRawPointer

        @inline(__always)
        init(_ start: UnsafeRawPointer) { self.start = start }

        @inline(__always)
        private func bytes(_ offset: Int) -> Bytes { start.loadUnaligned(fromByteOffset: offset, as: Bytes.self) }

        @inline(__always)
        var isASCII: Bool {
            let all = (bytes(0) | bytes(16)) | (bytes(32) | bytes(48))
            return anyBits(of: all) & 0x8080_8080_8080_8080 == 0
        }

        /// Whether a byte is none that may follow those before it. A sequence that ends behind the block is not judged.
        @inline(__always)
        var hasFault: Bool {
            let faults = (faults(at: 0) | faults(at: 16)) | (faults(at: 32) | faults(at: 48))
            return anyBits(of: faults) != 0
        }

        /// All ones for each such byte of 16 (Unicode 15, table 3-7).
        @inline(__always)
        private func faults(at offset: Int) -> Bytes {
            let byte = bytes(offset)
            let first = bytes(offset - 1)
            let isDue = atLeast(0xC0, first) | atLeast(0xE0, bytes(offset - 2)) | atLeast(0xF0, bytes(offset - 3))
            let isContinuation = same(byte & Bytes(repeating: 0xC0), 0x80)
            let isNoLead = same(byte & Bytes(repeating: 0xFE), 0xC0) | atLeast(0xF5, byte)
            let isOverlong = (same(first, 0xE0) & below(0xA0, byte)) | (same(first, 0xF0) & below(0x90, byte))
            let isTooHigh = (same(first, 0xED) & atLeast(0xA0, byte)) | (same(first, 0xF4) & atLeast(0x90, byte))
            return (isDue ^ isContinuation) | isNoLead | isOverlong | isTooHigh
        }

        @inline(__always)
        private func anyBits(of bytes: Bytes) -> UInt64 {
            // Safe because both are 16 bytes. A comparison of the vectors would be made byte by byte.
            let halves = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
            return halves.x | halves.y
        }

        @inline(__always)
        private func atLeast(_ value: UInt8, _ bytes: Bytes) -> Bytes { bits(bytes .>= Bytes(repeating: value)) }
        @inline(__always)
        private func below(_ value: UInt8, _ bytes: Bytes) -> Bytes { bits(bytes .< Bytes(repeating: value)) }
        @inline(__always)
        private func same(_ bytes: Bytes, _ value: UInt8) -> Bytes { bits(bytes .== Bytes(repeating: value)) }

        @inline(__always)
        private func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> Bytes {
            // Safe because a mask is a vector of the same size, each element all ones or all zeros.
            unsafeBitCast(mask, to: Bytes.self)
        }
    }

    /// Where the sequence begins that may not have ended before `position`; all before it is well-formed.
    private static func sequenceStart(_ base: UnsafePointer<UInt8>, upTo position: Int, from start: Int) -> Int {
        for offset in stride(from: position - 1, through: max(start, position - 3), by: -1) {
            if base[offset] < 0x80 { break }
            if base[offset] >= 0xC0 { return offset }
        }
        return position
    }

    @inline(__always)
    private static func next(_ base: UnsafePointer<UInt8>, after position: Int, end: Int) -> Int? {
        let length = base[position] < 0x80 ? 1 : sequenceLength(base, at: position, end: end)
        return length > 0 ? position + length : nil
    }

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
