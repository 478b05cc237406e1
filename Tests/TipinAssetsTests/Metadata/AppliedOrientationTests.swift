import Testing
import TipinAssets
import TipinTestPictures
import TipinTestSupport

/// `strip-all` keeps the orientation that decoders apply, and makes none that they do not.
struct AppliedOrientationTests {
    private static let block = TestExif(isLittle: false, orientation: 6).bytes
    private static let header = Array("Exif\0\0".utf8)

    private static func jpeg(_ header: String, marker: UInt8 = 0xE1, _ block: [UInt8] = block) -> [UInt8] {
        TestPicture.jpeg(segments: TestPicture.segment(marker, Array(header.utf8) + block))
    }

    private static func webp(_ flags: UInt8, _ content: [UInt8], type: String = "EXIF") -> [UInt8] {
        TestPicture.webp(flags: flags, extra: [(type, content)])
    }

    /// The block with another number in the place of 42.
    private static let unreadable: [UInt8] = Array(block[..<3]) + [43] + block[4...]

    static let cases: [(name: String, type: FileType, bytes: [UInt8], isApplied: Bool)] = [
        ("as it should be", .jpeg, jpeg("Exif\0\0"), true),
        ("behind the scan", .jpeg, TestPicture.jpeg.dropLast(2) + segment + TestPicture.jpeg.suffix(2), false),
        ("small letters", .jpeg, jpeg("exif\0\0"), false),
        ("another byte behind the name", .jpeg, jpeg("Exif\0\u{1}"), false),
        ("a byte before it", .jpeg, jpeg("AExif\0\0"), false),
        ("another segment", .jpeg, jpeg("Exif\0\0", marker: 0xE2), false),
        ("another number for 42", .jpeg, jpeg("Exif\0\0", unreadable), false),
        (
            "the second of two", .jpeg,
            TestPicture.jpeg(segments: TestExif(orientation: 1).segment + segment), false
        ),
        ("behind one that nobody reads", .jpeg, TestPicture.jpeg(segments: unread + segment), true),
        ("as it should be", .webp, webp(8, block), true),
        ("with a header", .webp, webp(8, header + block), true),
        ("without the flag", .webp, webp(0, block), false),
        ("with another header", .webp, webp(8, Array("Exif\0\u{1}".utf8) + block), false),
        ("another number for 42", .webp, webp(8, unreadable), false),
        ("small letters", .webp, webp(8, block, type: "exif"), false),
    ]

    private static let segment = TestPicture.segment(0xE1, header + block)
    private static let unread = TestPicture.segment(0xE1, Array("exif\0\0".utf8) + TestExif(orientation: 3).bytes)

    private func orientation(of bytes: [UInt8], _ type: FileType) throws -> String {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "picture.\(type.ext)")
        return try SystemTool.run("vips", ["rawsave", path, folder.path + "/raw"]).status == 0
            ? try SystemTool.run("vipsheader", ["-f", "orientation", path]).output.filter(\.isNumber) : "damaged"
    }

    @Test(arguments: cases.indices) func `it stays where it was applied`(index: Int) throws {
        let (_, type, bytes, isApplied) = Self.cases[index]
        let bare = try MetadataStripper.stripped(bytes, type: type, rule: .stripAll)
        let expected: [UInt8] =
            switch (type, isApplied) {
            // JFIF comes first.
            case (.jpeg, true): Array(TestPicture.jpeg[..<20]) + Self.small + TestPicture.jpeg[20...]
            case (.jpeg, false): TestPicture.jpeg
            case (_, true): Self.webp(8, Array(Self.small.dropFirst(10)))
            case (_, false): TestPicture.webp(flags: 0, extra: [])
            }
        #expect(bare == expected)
    }

    /// The orientation alone.
    private static let small = TestPicture.segment(
        0xE1, header + [77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])

    @Test(
        .enabled("needs the tools of libvips") { SystemTool.exists("vips", "vipsheader") }, arguments: cases.indices,
        [MetadataRule.stripGPS, .stripAll])
    func `libvips turns the picture as before`(index: Int, rule: MetadataRule) throws {
        let (_, type, bytes, isApplied) = Self.cases[index]
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: rule)
        let turned = try [bytes, stripped].map { try orientation(of: $0, type) == "6" }
        #expect(turned == [isApplied, isApplied])
    }
}
