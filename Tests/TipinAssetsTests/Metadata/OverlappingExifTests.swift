import Testing
import TipinTestPictures

@testable import TipinAssets

/// Exif whose parts share bytes, so that a reader which follows all of them reads the same bytes again and again.
struct OverlappingExifTests {
    private static func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: Int) -> [UInt8] {
        TestPicture.little(tag, 2) + TestPicture.little(type, 2) + TestPicture.little(count, 4)
            + TestPicture.little(value, 4)
    }

    private static func directory(_ entries: [[UInt8]]) -> [UInt8] {
        TestPicture.little(entries.count, 2) + entries.flatMap(\.self) + TestPicture.little(0, 4)
    }

    private static func header(leadingTo place: Int) -> [UInt8] { Array("II*\0".utf8) + TestPicture.little(place, 4) }

    private static func jpeg(_ block: [UInt8]) -> [UInt8] {
        TestPicture.jpeg(segments: TestPicture.segment(0xE1, Array("Exif\0\0".utf8) + block))
    }

    /// Many values, all of them the same bytes, which look like many blocks.
    private static let values: [UInt8] = {
        let value = [[UInt8]](repeating: Array("II*\0".utf8), count: 7_168).flatMap(\.self)
        let start = 8 + 2 + 12 * 2_700 + 4
        return header(leadingTo: 8)
            + directory((0..<2_700).map { entry(0xA000 + $0 % 3, 7, value.count - $0, start + $0) }) + value
    }()

    @Test func `values that share bytes are one`() throws {
        let values = try #require(TIFFBlock(Self.values[...])).values
        #expect(values.map(\.range.count).reduce(0, +) == 4 * 7_168)
        #expect(!MetadataStripper.hasPosition(Self.jpeg(Self.values), type: .jpeg))
    }

    /// Headers that all lead to one directory behind them.
    private static func blocks(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { header(leadingTo: 8 * (count - $0)) }
            + directory((0..<1_000).map { _ in entry(0x010F, 2, 4, 0) })
    }

    @Test func `blocks are read as far as the budget goes, and the others count as positions`() {
        let bytes = Self.blocks(1_000)
        var budget = ReadingBudget(forBytes: bytes.count)
        let found = ExifSearch.positions(in: bytes[...], within: &budget)
        // A directory is read to its end, and a header is looked at where nothing is read any more.
        #expect(-budget.rest <= 2 * bytes.count && budget.isUsedUp)
        #expect(found.count > 950 && found.allSatisfy { $0.count == 8 })
        #expect(MetadataPart.opaque(bytes.indices, in: bytes) == [.opaque(bytes.indices)])
        #expect(ExifSearch.positions(in: Self.blocks(2)[...]).isEmpty)
    }

    /// Directories that begin one byte behind each other.
    private static func directories(_ count: Int) -> [UInt8] {
        let list = 8 + 2 + 2 * 12 + 4
        let start = list + 4 * count
        return header(leadingTo: 8) + directory([entry(0x0112, 3, 1, 6), entry(0x014A, 4, count, list)])
            + (0..<count).flatMap { TestPicture.little(start + $0, 4) } + [UInt8](repeating: 1, count: 4_000)
    }

    @Test func `a block of too many directories counts as a position, and keeps its orientation`() throws {
        let bytes = Self.jpeg(Self.directories(60))
        #expect(MetadataStripper.hasPosition(bytes, type: .jpeg))
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        #expect(!MetadataStripper.hasPosition(stripped, type: .jpeg))
        #expect(stripped.count == bytes.count)
        #expect(stripped.dropFirst(12).starts(with: TIFFBlock.orientationOnly(6)))
        #expect(try MetadataStripper.stripped(stripped, type: .jpeg, rule: .stripGPS) == stripped)
        #expect(!MetadataStripper.hasPosition(Self.jpeg(Self.directories(4)), type: .jpeg))
    }

    @Test func `directories of positions that share bytes go together`() throws {
        // Of two that lead to the same values, and of one that two entries name.
        let second = 8 + 2 + 3 * 12 + 4
        let third = second + 2 + 12 + 4
        let value = third + 2 + 12 + 4
        let place = Array("52,31.2N".utf8)
        let block =
            Self.header(leadingTo: 8)
            + Self.directory([second, third, second].map { Self.entry(0x8825, 4, 1, $0) })
            + Self.directory([Self.entry(2, 2, place.count, value)]) + Self.directory([Self.entry(2, 2, 6, value)])
            + place + Array("end".utf8)
        let rest = try #require(TIFFBlock(block[...])).withoutPosition()
        #expect(rest == Self.header(leadingTo: 8) + [UInt8](repeating: 0, count: block.count - 11) + Array("end".utf8))
    }
}
