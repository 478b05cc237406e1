/// Looks for Exif in bytes whose structure is not followed: behind a picture's end, in boxes and blocks that somebody
/// else thought of, in a maker's notes. Readers of such bytes look for the block as well.
enum ExifSearch {
    /// Whether one of the blocks names a position.
    static func findsPosition(in bytes: ArraySlice<UInt8>) -> Bool { !positions(in: bytes, atMost: 1).isEmpty }

    /// The blocks that name a position; of those that are not read any more, what a reader knows them by.
    static func positions(in bytes: ArraySlice<UInt8>, atMost count: Int = .max) -> [Range<Int>] {
        var budget = ReadingBudget(forBytes: bytes.count)
        return positions(in: bytes, atMost: count, within: &budget)
    }

    static func positions(
        in bytes: ArraySlice<UInt8>, atMost count: Int = .max, within budget: inout ReadingBudget
    ) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var rest = bytes
        while found.count < count, let place = rest.firstIndex(of: 42) {
            rest = bytes[(place + 1)...]
            guard let start = start(ofBlockWith42At: place, in: bytes) else { continue }
            let header = start..<min(bytes.endIndex, start + headerLength)
            let block = start..<min(bytes.endIndex, start + blockLength)
            budget.spend(header.count)
            let hasPosition = !budget.isUsedUp && TIFFBlock(bytes[block], within: &budget)?.hasPosition == true
            if budget.isUsedUp {
                found.append(header)
            } else if hasPosition {
                found.append(block)
                // Whoever removes the position copies the block.
                budget.spend(block.count)
            }
        }
        return found
    }

    /// A block begins with `II*\0` or `MM\0*`.
    private static func start(ofBlockWith42At place: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        byteOrders.first { bytes[max(bytes.startIndex, place - $0.place)...].starts(with: $0.text) }
            .map { place - $0.place }
    }

    /// What a block begins with, and where in it 42 stands.
    private static let byteOrders: [(text: [UInt8], place: Int)] = [
        (Array("II*\0".utf8), 2), (Array("MM\0*".utf8), 3),
    ]
    /// Byte order, 42 and the place of the first directory.
    private static let headerLength = 8
    /// The bytes of a block that are looked at: as many as a JPEG segment holds.
    private static let blockLength = 1 << 16
}
