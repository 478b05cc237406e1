/// The TIFF structure of Exif: directories of entries, which name each other by offsets from its start.
///
/// Nothing in it is believed: what points outside is left out, and no directory is read twice.
struct TIFFBlock {
    private(set) var bytes: [UInt8]
    private let isLittle: Bool

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
        self.init(withByteOrder: bytes)
        guard number(2, 2) == 42, let first = number(4, 4).flatMap(directory(at:)), !first.isCut else { return nil }
        guard first.entries.isEmpty else {
            if !first.entries.contains(where: { Self.sizes[$0.type] != nil }) { return nil }
            return
        }
        // Nothing is named, and yet something is there.
        guard (first.next ?? 0) != 0 || self.bytes.dropFirst(8).allSatisfy({ $0 == 0 }) else {
            return nil
        }
    }

    private init?(withByteOrder bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
        guard bytes.count >= 8 else { return nil }
        switch (self.bytes[0], self.bytes[1]) {
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
        guard let directory = number(4, 4).flatMap(directory(at:)) else { return nil }
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
        enum Kind { case packet, photoshop, other }

        var kind: Kind
        var range: Range<Int>
    }

    /// All such values, without those of positions.
    var values: [Value] {
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

    /// Whether a directory of positions holds more than its version, or cannot be read.
    var hasPosition: Bool {
        directories.flatMap(\.entries).contains { entry in
            guard entry.tag == Tag.position else { return false }
            guard let directory = value(of: entry).flatMap(directory(at:)) else { return true }
            return directory.isCut || directory.entries.contains { $0.tag != 0 }
        }
    }

    /// Blanks the directories of positions with their values and takes out the entries that name them.
    mutating func removePosition() {
        let directories = directories
        for directory in directories {
            let pointers = directory.entries.filter { $0.tag == Tag.position }
            for pointer in pointers {
                guard let target = value(of: pointer), !directories.contains(where: { $0.place == target }) else {
                    continue
                }
                blankDirectory(at: target)
            }
            for pointer in pointers.reversed() { removeEntry(at: pointer.place, of: directory.place) }
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

    /// The first directory and all that it leads to, without those of positions.
    private var directories: [Directory] {
        var found: [Directory] = []
        var waiting = [number(4, 4)].compactMap(\.self)
        while let place = waiting.popLast(), found.count < Self.directoryLimit {
            guard !found.contains(where: { $0.place == place }), let directory = directory(at: place) else { continue }
            found.append(directory)
            if let next = directory.next, next != 0 { waiting.append(next) }
            for entry in directory.entries {
                switch entry.tag {
                case Tag.exif, Tag.interoperability: waiting += [value(of: entry)].compactMap(\.self)
                case Tag.subDirectories: waiting += subDirectories(of: entry)
                default: break
                }
            }
        }
        return found
    }

    private func subDirectories(of entry: Entry) -> [Int] {
        guard entry.count > 1 else { return [value(of: entry)].compactMap(\.self) }
        guard let list = number(entry.place + 8, 4) else { return [] }
        return (0..<min(entry.count, Self.directoryLimit)).compactMap { number(list + 4 * $0, 4) }
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
        let range = place..<place + count
        return isLittle
            ? bytes[range].reversed().reduce(0) { $0 << 8 | Int($1) } : bytes[range].reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func blankDirectory(at place: Int) {
        guard let directory = directory(at: place) else { return }
        for entry in directory.entries {
            let length = (Self.sizes[entry.type] ?? 1) * entry.count
            guard length > 4, let start = number(entry.place + 8, 4), start >= 8 else { continue }
            blank(start, length)
        }
        blank(place, 2 + 12 * directory.entries.count + 4)
    }

    private mutating func blank(_ start: Int, _ length: Int) {
        guard start < bytes.count else { return }
        for index in start..<min(bytes.count, start + length) { bytes[index] = 0 }
    }

    /// Moves the later entries and the link to the next directory up by one entry.
    private mutating func removeEntry(at entry: Int, of directory: Int) {
        guard let count = number(directory, 2), count > 0 else { return }
        let end = min(bytes.count, directory + 2 + 12 * count + 4)
        guard entry + 12 <= end else { return }
        let later = Array(bytes[(entry + 12)..<end])
        bytes.replaceSubrange(entry..<entry + later.count, with: later)
        blank(entry + later.count, 12)
        let less = UInt16(count - 1)
        bytes[directory + (isLittle ? 0 : 1)] = UInt8(less & 0xFF)
        bytes[directory + (isLittle ? 1 : 0)] = UInt8(less >> 8)
    }
}
