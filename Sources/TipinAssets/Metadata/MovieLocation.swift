/// The boxes in a film behind a picture that say where it was taken: `©xyz` (QuickTime file format, user data text, as
/// in ISO 6709) and `loci` (3GPP TS 26.244, 8.11).
enum MovieLocation {
    private static let types: [[UInt8]] = [[0xA9, 0x78, 0x79, 0x7A], Array("loci".utf8)]

    /// Boxes of a believable length, wherever they stand: the film's own structure is not followed.
    static func parts(in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        types.flatMap { parts(of: $0, in: bytes, from: start) }
    }

    private static func parts(of type: [UInt8], in bytes: [UInt8], from start: Int) -> [MetadataPart] {
        var parts: [MetadataPart] = []
        var place = start
        while let next = bytes[place...].firstIndex(of: type[0]) {
            place = next + 1
            guard next - start >= 4, bytes[next...].starts(with: type) else { continue }
            let length = bytes[next - 4..<next].reduce(0) { $0 << 8 | Int($1) }
            guard 12...1024 ~= length, next - 4 + length <= bytes.count else { continue }
            parts.append(.movieLocation(next..<next - 4 + length))
        }
        return parts
    }

    /// Makes it a box that readers pass over.
    static func remove(from bytes: inout [UInt8], at range: Range<Int>) {
        let empty = [UInt8](repeating: 0, count: range.count - 4)
        bytes.replaceSubrange(range, with: Array("free".utf8) + empty)
    }
}
