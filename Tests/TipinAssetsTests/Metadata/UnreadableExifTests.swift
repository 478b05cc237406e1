import Testing
import TipinAssets
import TipinTestPictures
import TipinTestSupport

/// Exif that is not as it should be, and that readers which mind less find a position in.
struct UnreadableExifTests {
    private static let orientation = 6
    private static let block = TestExif(orientation: orientation, hasPosition: true).bytes
    private static let bigBlock = TestExif(isLittle: false, orientation: orientation, hasPosition: true).bytes

    /// The block with another number in the place of 42.
    private static func magic(_ value: UInt8, _ block: [UInt8] = block) -> [UInt8] {
        var result = block
        result[block[0] == 0x49 ? 2 : 3] = value
        return result
    }

    /// The block with its first directory said to be elsewhere.
    private static func leading(to place: Int) -> [UInt8] {
        Array(block[..<4]) + TestPicture.little(place, 4) + block[8...]
    }

    private static func segment(_ header: String, _ block: [UInt8]) -> [UInt8] {
        TestPicture.segment(0xE1, Array(header.utf8) + block)
    }

    private static func rawProfile(_ name: String, _ block: [UInt8]) -> [(String, [UInt8])] {
        let bytes = MetadataStripperTests.exif + block
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return [("tEXt", Array("Raw profile type \(name)\0\n\(name)\n     \(bytes.count)\n\(digits)\n".utf8))]
    }

    /// A second picture behind the first, as `MPF` names it, with zeros in the place of its first bytes.
    private static func second(damaging count: Int) -> [UInt8] {
        let picture = TestPicture.jpeg(segments: segment("Exif\0\0", block))
        return TestPicture.jpeg(
            segments: [], trailer: [UInt8](repeating: 0, count: count) + picture.dropFirst(count))
    }

    /// Whether the orientation can be read, and so stays where the position alone goes.
    typealias Case = (name: String, type: FileType, bytes: [UInt8], isTurned: Bool)

    static let cases: [Case] =
        [
            ("another number for 42", .jpeg, TestPicture.jpeg(segments: segment("Exif\0\0", magic(43))), false),
            (
                "another number for 42, big", .jpeg,
                TestPicture.jpeg(segments: segment("Exif\0\0", magic(0, bigBlock))), false
            ),
            ("another number for 42", .png, TestPicture.png(extra: [("eXIf", magic(85))]), false),
            ("another number for 42", .webp, TestPicture.webp(flags: 8, extra: [("EXIF", magic(85))]), false),
            ("capitals", .jpeg, TestPicture.jpeg(segments: segment("EXIF\0\0", block)), true),
            ("mixed letters", .jpeg, TestPicture.jpeg(segments: segment("eXiF\0\0", block)), true),
            ("a wrong directory", .jpeg, TestPicture.jpeg(segments: segment("Exif\0\0", leading(to: 1 << 20))), false),
            (
                "a directory in the header", .jpeg, TestPicture.jpeg(segments: segment("Exif\0\0", leading(to: 4))),
                false
            ),
            ("a directory of nothing", .png, TestPicture.png(extra: [("eXIf", leading(to: 20))]), false),
            (
                "no byte order", .jpeg, TestPicture.jpeg(segments: segment("Exif\0\0", [0, 0] + block.dropFirst(2))),
                false
            ),
            (
                "two segments, the directory of positions cut", .jpeg,
                TestPicture.jpeg(
                    segments: segment("Exif\0\0", Array(block[..<82])) + segment("Exif\0\0", Array(block[82...]))),
                true
            ),
            (
                "two segments, the first directory cut", .jpeg,
                TestPicture.jpeg(
                    segments: segment("Exif\0\0", Array(block[..<40])) + segment("Exif\0\0", Array(block[40...]))),
                true
            ),
            ("raw profile", .png, TestPicture.png(extra: rawProfile("exif", magic(43))), false),
            ("raw profile of a segment", .png, TestPicture.png(extra: rawProfile("APP1", magic(43))), false),
        ]
        + (1...4).map { count in
            let start = String("ABCD".prefix(count))
            return (
                "\(count) bytes before it", .jpeg, TestPicture.jpeg(segments: segment(start + "Exif\0\0", block)), true
            )
        }
        + [1, 3, 8].map { ("a second picture without its first \($0)", .jpeg, second(damaging: $0), false) }

    @Test(arguments: cases) func `it counts as a position, and goes without a change of length`(_ item: Case) throws {
        #expect(MetadataStripper.hasPosition(item.bytes, type: item.type))
        let stripped = try MetadataStripper.stripped(item.bytes, type: item.type, rule: .stripGPS)
        #expect(!MetadataStripper.hasPosition(stripped, type: item.type))
        if item.type != .png { #expect(stripped.count == item.bytes.count) }
        #expect(try MetadataStripper.stripped(stripped, type: item.type, rule: .stripGPS) == stripped)
        let bare = try MetadataStripper.stripped(item.bytes, type: item.type, rule: .stripAll)
        #expect(!MetadataStripper.hasPosition(bare, type: item.type))
    }

    @Test(
        .enabled("needs exiftool") { SystemTool.exists("exiftool") }, arguments: cases,
        [MetadataRule.stripGPS, .stripAll])
    func `exiftool finds no position, and the orientation where there is one`(_ item: Case, rule: MetadataRule) throws {
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(item.bytes, type: item.type, rule: rule)
        let path = try folder.write(stripped, to: "stripped.\(item.type.ext)")
        let found = try SystemTool.run("exiftool", ["-q", "-q", "-a", "-u", "-G1", "-ee", "-gps*", path])
        #expect(found.output == "")
        // Of such Exif decoders apply none, and 'strip-all' keeps what they apply.
        guard item.isTurned, rule == .stripGPS else { return }
        #expect(try SystemTool.run("exiftool", ["-n", "-s3", "-Orientation", path]).output == "\(Self.orientation)\n")
    }

    @Test(
        .enabled("needs the tools of libvips") { SystemTool.exists("vips") }, arguments: cases,
        [MetadataRule.stripGPS, .stripAll])
    func `pixels are the same`(_ item: Case, rule: MetadataRule) throws {
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(item.bytes, type: item.type, rule: rule)
        let digests = try [item.bytes, stripped].enumerated().map { index, bytes in
            let path = try folder.write(bytes, to: "\(index).\(item.type.ext)")
            #expect(try SystemTool.run("vips", ["rawsave", path, folder.path + "/\(index).raw"]).status == 0)
            return try folder.read("\(index).raw")
        }
        #expect(digests[0] == digests[1] && !digests[0].isEmpty)
    }

    @Test func `what holds nothing is no position`() throws {
        for block in [[], [0, 0, 0], TestExif().bytes, [77, 77, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]] as [[UInt8]] {
            let bytes = TestPicture.jpeg(segments: Self.segment("Exif\0\0", block))
            #expect(!MetadataStripper.hasPosition(bytes, type: .jpeg))
            #expect(try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS) == bytes)
        }
    }

    @Test func `blocks without end are looked at in bounded time`() throws {
        let trailer = Array(repeating: Self.block, count: 3000).joined()
        let bytes = TestPicture.jpeg(segments: [], trailer: Array(trailer))
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        #expect(stripped.count == bytes.count)
        #expect(!MetadataStripper.hasPosition(stripped, type: .jpeg))
    }
}
