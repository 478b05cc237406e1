/// The TIFF structure of Exif: directories of entries, which name each other by offsets from its start.
///
/// Nothing in it is believed: what points outside is left out, and no directory is read twice. Places count from the
/// structure's start.
struct TIFFBlock {
    private var bytes: ArraySlice<UInt8>
    private let isLittle: Bool
    /// The first directory and all that it leads to, without those of positions.
    private var directories: [Directory] = []
    /// Whether the budget was enough for all directories.
    private var isFollowed = true
    /// Whether a directory of positions holds more than its version, or cannot be read.
    private(set) var hasPosition = false

    private enum Tag {
        static let subDirectories = 0x014A
        static let orientation = 0x0112
        static let packet = 0x02BC
        static let photoshop = 0x8649
        static let thumbnailOffset = 0x0201
        static let thumbnailLength = 0x0202
        static let exif = 0x8769
        static let position = 0x8825
        static let interoperability = 0xA005
    }

    /// The bytes of one value, by its type (TIFF 6.0 and its supplement).
    private static let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4]
    /// The most directories that are read.
    private static let directoryLimit = 64

    /// `nil` where the bytes do not begin like TIFF, or nothing can be made of what stands in them: what a reader that
    /// minds less may find there nobody can tell.
    init?(_ bytes: ArraySlice<UInt8>) {
        var budget = ReadingBudget(forBytes: bytes.count)
        self.init(bytes, within: &budget)
    }

    /// The same with a budget for more than this block; what it is not enough for counts as a position.
    init?(_ bytes: ArraySlice<UInt8>, within budget: inout ReadingBudget) {
        self.init(withByteOrder: bytes)
        guard number(2, 2) == 42, let place = number(4, 4), let first = directory(at: place, within: &budget),
            !first.isCut
        else { return nil }
        if first.entries.isEmpty {
            // Nothing is named, and yet something is there.
            guard (first.next ?? 0) != 0 || bytes.dropFirst(8).allSatisfy({ $0 == 0 }) else { return nil }
        } else if !first.entries.contains(where: { Self.sizes[$0.type] != nil }) {
            return nil
        }
        directories = directories(from: place, within: &budget)
        hasPosition = namesPosition(within: &budget) || budget.isUsedUp
        isFollowed = !budget.isUsedUp
    }

    private init?(withByteOrder bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        guard bytes.count >= 8 else { return nil }
        switch (bytes[bytes.startIndex], bytes[bytes.startIndex + 1]) {
        case (0x49, 0x49): isLittle = true
        case (0x4D, 0x4D): isLittle = false
        default: return nil
        }
    }

    /// The orientation, also of a block that is not read otherwise; `nil` where decoders take it for no TIFF.
    static func orientation(in bytes: ArraySlice<UInt8>) -> Int? {
        guard let block = TIFFBlock(withByteOrder: bytes), block.number(2, 2) == 42 else { return nil }
        return block.orientation
    }

    /// A block whose one directory has no entry.
    private static let nothing: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]

    /// A block as long as one that cannot be read, with nothing in it but the orientation, where that can be read;
    /// zeros where there is no room for one.
    static func emptied(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let block = orientation(in: bytes).map(orientationOnly) ?? nothing
        guard block.count <= bytes.count else { return [UInt8](repeating: 0, count: bytes.count) }
        return block + [UInt8](repeating: 0, count: bytes.count - block.count)
    }

    /// A block with one entry, the orientation, in the byte order that JPEG has too.
    static func orientationOnly(_ orientation: Int) -> [UInt8] {
        [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(clamping: orientation)]
            + [0, 0, 0, 0, 0, 0]
    }

    /// 2 to 8 where the picture is to be turned or mirrored; `nil` where it stands as it is.
    var orientation: Int? {
        guard let directory = number(4, 4).flatMap({ directory(at: $0) }) else { return nil }
        guard let entry = directory.entries.first(where: { $0.tag == Tag.orientation }) else { return nil }
        guard let value = number(entry.place + 8, entry.type == 4 ? 4 : 2), 2...8 ~= value else { return nil }
        return value
    }

    /// Where the JPEG file of a thumbnail stands.
    var thumbnail: Range<Int>? {
        for directory in directories {
            let values = directory.entries.reduce(into: [Int: Int]()) { $0[$1.tag] = value(of: $1) }
            guard let offset = values[Tag.thumbnailOffset], let length = values[Tag.thumbnailLength] else { continue }
            guard length > 0, offset < bytes.count, length <= bytes.count - offset else { continue }
            return offset..<offset + length
        }
        return nil
    }

    /// A value that stands outside its entry and may hold anything: a text, a maker's notes, a file of another kind.
    struct Value {
        enum Kind: CaseIterable { case packet, photoshop, other }

        var kind: Kind
        var range: Range<Int>
    }

    /// All such values, without those of positions. Of a kind, those that share bytes are one, so that no byte is
    /// looked at as often as entries name it.
    var values: [Value] {
        let named = namedValues
        return Value.Kind.allCases.flatMap { kind in
            Self.joined(named.filter { $0.kind == kind }.map(\.range)).map { Value(kind: kind, range: $0) }
        }
    }

    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
            if let last = joined.last, last.overlaps(range) {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
    }

    private var namedValues: [Value] {
        directories.flatMap(\.entries).compactMap { entry in
            guard [1, 2, 7].contains(entry.type), entry.count > 4, let start = number(entry.place + 8, 4), start >= 8,
                start < bytes.count
            else { return nil }
            let kind: Value.Kind =
                switch entry.tag {
                case Tag.packet: .packet
                case Tag.photoshop: .photoshop
                default: .other
                }
            return Value(kind: kind, range: start..<min(bytes.count, start + entry.count))
        }
    }

    /// The bytes with the directories of positions and their values blanked, and without the entries that name them;
    /// as `emptied` says where not all could be read.
    func withoutPosition() -> [UInt8] {
        guard isFollowed else { return Self.emptied(bytes) }
        var result = self
        result.removePosition()
        return Array(result.bytes)
    }

    private mutating func removePosition() {
        let pointers = directories.map { ($0.place, $0.entries.filter { $0.tag == Tag.position }) }
        let targets = Set(pointers.flatMap(\.1).compactMap { value(of: $0) }).subtracting(directories.map(\.place))
        for range in Self.joined(targets.flatMap { stretches(ofDirectoryAt: $0) }) { blank(range) }
        for (directory, entries) in pointers where !entries.isEmpty {
            removeEntries(at: Set(entries.map(\.place)), of: directory)
        }
    }
}

extension TIFFBlock {
    private struct Entry {
        var place: Int
        var tag: Int
        var type: Int
        var count: Int
    }

    private struct Directory {
        var place: Int
        var entries: [Entry]
        /// Whether it promises more entries than lie inside the block.
        var isCut: Bool
        var next: Int?
    }

    private func directories(from first: Int, within budget: inout ReadingBudget) -> [Directory] {
        var found: [Directory] = []
        var waiting = [first]
        while !budget.isUsedUp, let place = waiting.popLast(), found.count < Self.directoryLimit {
            guard !found.contains(where: { $0.place == place }),
                let directory = directory(at: place, within: &budget)
            else { continue }
            found.append(directory)
            if let next = directory.next, next != 0 { waiting.append(next) }
            for entry in directory.entries where !budget.isUsedUp {
                switch entry.tag {
                case Tag.exif, Tag.interoperability: waiting += [value(of: entry)].compactMap(\.self)
                case Tag.subDirectories:
                    let places = subDirectories(of: entry)
                    budget.spend(4 * places.count)
                    waiting += places
                default: break
                }
            }
        }
        return found
    }

    private func namesPosition(within budget: inout ReadingBudget) -> Bool {
        var read: Set<Int> = []
        for entry in directories.lazy.flatMap(\.entries) where entry.tag == Tag.position {
            guard let place = value(of: entry) else { return true }
            guard read.insert(place).inserted else { continue }
            guard let directory = directory(at: place, within: &budget), !directory.isCut,
                directory.entries.allSatisfy({ $0.tag == 0 })
            else { return true }
        }
        return false
    }

    private func subDirectories(of entry: Entry) -> [Int] {
        guard entry.count > 1 else { return [value(of: entry)].compactMap(\.self) }
        guard let list = number(entry.place + 8, 4) else { return [] }
        return (0..<min(entry.count, Self.directoryLimit)).compactMap { number(list + 4 * $0, 4) }
    }

    /// `nil` also where the budget is used up.
    private func directory(at place: Int, within budget: inout ReadingBudget) -> Directory? {
        guard !budget.isUsedUp, let directory = directory(at: place) else { return nil }
        budget.spend(2 + 12 * directory.entries.count)
        return directory
    }

    /// The entries that lie inside the block, even where the count promises more.
    private func directory(at place: Int) -> Directory? {
        guard place >= 8, let count = number(place, 2) else { return nil }
        let entries = (0..<count).lazy.map { place + 2 + 12 * $0 }.prefix { $0 + 12 <= bytes.count }.map { place in
            Entry(
                place: place, tag: number(place, 2) ?? 0, type: number(place + 2, 2) ?? 0,
                count: number(place + 4, 4) ?? 0)
        }
        return Directory(
            place: place, entries: Array(entries), isCut: entries.count < count,
            next: number(place + 2 + 12 * count, 4))
    }

    /// The first number of an entry that stands in the entry itself.
    private func value(of entry: Entry) -> Int? { number(entry.place + 8, entry.type == 3 ? 2 : 4) }

    private func number(_ place: Int, _ count: Int) -> Int? {
        guard place >= 0, place <= bytes.count - count else { return nil }
        let digits = bytes[(bytes.startIndex + place)...].prefix(count)
        return isLittle ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Those of a directory and of the values that it names.
    private func stretches(ofDirectoryAt place: Int) -> [Range<Int>] {
        guard let directory = directory(at: place) else { return [] }
        let values = directory.entries.compactMap { entry -> Range<Int>? in
            let length = (Self.sizes[entry.type] ?? 1) * entry.count
            guard length > 4, let start = number(entry.place + 8, 4), start >= 8 else { return nil }
            return start..<start + length
        }
        return values + [place..<place + 2 + 12 * directory.entries.count + 4]
    }

    private mutating func blank(_ range: Range<Int>) {
        for index in bytes.dropFirst(range.lowerBound).prefix(range.count).indices { bytes[index] = 0 }
    }

    /// Moves the other entries and the link to the next directory up.
    private mutating func removeEntries(at places: Set<Int>, of directory: Int) {
        guard let count = number(directory, 2), count >= places.count else { return }
        let start = bytes.startIndex + directory + 2
        let whole = start..<min(bytes.endIndex, start + 12 * count + 4)
        var kept: [UInt8] = []
        for entry in stride(from: whole.lowerBound, to: whole.upperBound, by: 12)
        where !places.contains(entry - bytes.startIndex) {
            kept += bytes[entry..<min(whole.upperBound, entry + 12)]
        }
        bytes.replaceSubrange(whole, with: kept + [UInt8](repeating: 0, count: whole.count - kept.count))
        let less = UInt16(count - places.count)
        bytes[start - (isLittle ? 2 : 1)] = UInt8(less & 0xFF)
        bytes[start - (isLittle ? 1 : 2)] = UInt8(less >> 8)
    }
}
