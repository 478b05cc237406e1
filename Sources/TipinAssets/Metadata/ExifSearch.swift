/// Looks for Exif in bytes whose structure is not followed: behind a picture's end, in boxes and blocks that somebody
/// else thought of, in a maker's notes. Readers of such bytes look for the block as well.
enum ExifSearch {
    /// Whether one of the blocks names a position.
    static func findsPosition(in bytes: ArraySlice<UInt8>) -> Bool { !positions(in: bytes, atMost: 1).isEmpty }

    /// The blocks that name a position; of those behind the most that are read, what a reader knows them by.
    static func positions(in bytes: ArraySlice<UInt8>, atMost count: Int = .max) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var readCount = 0
        var rest = bytes
        while found.count < count, let place = rest.firstIndex(of: 42) {
            rest = bytes[(place + 1)...]
            guard let start = start(ofBlockWith42At: place, in: bytes) else { continue }
            readCount += 1
            let block = start..<min(bytes.endIndex, start + blockLength)
            if readCount > blockLimit {
                found.append(start..<min(bytes.endIndex, start + 8))
            } else if TIFFBlock(bytes[block])?.hasPosition == true {
                found.append(block)
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
    /// The bytes of a block that are looked at: as many as a JPEG segment holds.
    private static let blockLength = 1 << 16
    /// The most blocks that are read. Of more, which nobody makes to be read, each counts as one with a position.
    private static let blockLimit = 1024
}
