/// Numbers in messages, with the lowest byte first.
struct MessageBytes {
    var bytes: [UInt8] = []
    /// Where the next number is read.
    var position = 0

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// - Throws: `truncated` where the bytes end before the number does.
    mutating func next<Number: FixedWidthInteger>(_ type: Number.Type) throws(MessageError) -> Number {
        let count = Number.bitWidth / 8
        guard bytes.count - position >= count else { throw .truncated }
        var value: Number = 0
        for index in (position..<position + count).reversed() {
            value = value << 8 | Number(truncatingIfNeeded: bytes[index])
        }
        position += count
        return value
    }

    /// - Throws: `impossible` where the number does not fit into 62 bits.
    mutating func nextCount<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type
    ) throws(MessageError) -> Int {
        let value = try next(type)
        guard UInt64(value) < 1 << 62 else { throw .impossible }
        return Int(value)
    }

    /// - Throws: `truncated` where there are fewer.
    mutating func next(bytes count: Int) throws(MessageError) -> [UInt8] {
        guard bytes.count - position >= count else { throw .truncated }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// The bytes that are left.
    var rest: ArraySlice<UInt8> { bytes[position...] }
}
