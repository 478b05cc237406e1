/// What a thermal camera of FLIR writes into segments APP1 of a JPEG: records of numbers that a directory names, as
/// exiftool describes them (`FLIR::FFF`).
///
/// Only the record of positions goes: the others are what the picture measures.
struct ThermalRecords {
    private enum Record {
        static let position = 0x2B
        static let length = 0x20
    }

    private static let headerLength = 0x40

    private let bytes: [UInt8]

    /// - Parameter bytes: of all segments, without what tells one from another.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var speaksOfPosition: Bool { !positions.isEmpty }

    /// The bytes with zeros in the place of positions, and their records named as free.
    func withoutPosition() -> [UInt8] {
        var result = bytes
        for position in positions {
            for index in position.type { result[index] = 0 }
            for index in position.content { result[index] = 0 }
        }
        return result
    }

    /// A record of positions: what the directory calls it, and its bytes as far as there are any.
    private struct Position {
        var type: Range<Int>
        var content: Range<Int>
    }

    /// Those that are not blank; everything where the records cannot be told apart.
    private var positions: [Position] { records.filter { bytes[$0.content].contains { $0 != 0 } } }

    private var records: [Position] {
        let view = ByteView(bytes: bytes)
        guard view.has("FFF\0", at: 0) || view.has("AFF\0", at: 0), bytes.count >= Self.headerLength,
            let isLittle = [false, true].first(where: { 100..<200 ~= number(0x14, 4, isLittle: $0) ?? 0 }),
            let start = number(0x18, 4, isLittle: isLittle), let count = number(0x1C, 4, isLittle: isLittle),
            start <= bytes.count, count <= (bytes.count - start) / Record.length
        else { return [Position(type: 0..<0, content: 0..<bytes.count)] }
        return (0..<count).compactMap { index -> Position? in
            let entry = start + index * Record.length
            guard number(entry, 2, isLittle: isLittle) == Record.position,
                let place = number(entry + 0x0C, 4, isLittle: isLittle), place < bytes.count,
                let length = number(entry + 0x10, 4, isLittle: isLittle)
            else { return nil }
            return Position(type: entry..<entry + 2, content: place..<place + min(length, bytes.count - place))
        }
    }

    private func number(_ place: Int, _ count: Int, isLittle: Bool) -> Int? {
        let view = ByteView(bytes: bytes)
        return isLittle ? view.little(place, count) : view.big(place, count)
    }
}
