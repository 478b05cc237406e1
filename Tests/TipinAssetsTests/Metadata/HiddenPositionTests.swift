import Testing
import TipinTestPictures
import TipinTestSupport

@testable import TipinAssets

/// Positions in places that were made for something else, where a reader that looks for them finds them all the same.
struct HiddenPositionTests {
    private static let exif = TestExif(hasPosition: true).bytes
    private static let header = Array("Exif\0\0".utf8)
    /// Longer than a sub-block of a GIF, so that the directory of positions does not stand in one piece.
    private static let longExif = TestExif(
        hasPosition: true, comment: String(repeating: "a comment ", count: 30)
    ).bytes

    static let cases: [(name: String, type: FileType, bytes: [UInt8])] =
        boxes.flatMap { name, box in
            [
                ("\(name)", .jpeg, jpeg(segments(box, size: box.count))),
                ("\(name), in pieces", .jpeg, jpeg(segments(box, size: 50))),
                ("\(name)", .png, TestPicture.png(extra: [("caBX", box)])),
                ("\(name)", .webp, TestPicture.webp(flags: 0, extra: [("C2PA", box)])),
            ]
        } + [
            ("box of great length", .jpeg, jpeg(longBoxSegments)),
            ("box without a type", .jpeg, jpeg(TestPicture.segment(0xEB, Array("JP\0\u{1}".utf8) + exif))),
            ("Exif in APP2", .jpeg, jpeg(TestPicture.segment(0xE2, header + exif))),
            ("Exif in APP15", .jpeg, jpeg(TestPicture.segment(0xEF, header + exif))),
            ("a program's segment", .jpeg, jpeg(TestPicture.segment(0xE9, Array("Whatever\0".utf8) + exif))),
            ("Exif in a comment", .jpeg, jpeg(TestPicture.segment(0xFE, header + exif))),
            ("a program's chunk", .png, TestPicture.png(extra: [("prVt", exif)])),
            ("a program's chunk", .webp, TestPicture.webp(flags: 0, extra: [("JUNK", exif)])),
            ("small letters", .webp, TestPicture.webp(flags: 8, extra: [("exif", exif)])),
            ("a program's block", .gif, TestPicture.gif(blocks: extension255("EXIF    1.0", longExif))),
            ("plain text", .gif, TestPicture.gif(blocks: plainText("GPSLatitude=52.5"))),
            ("address in a comment", .gif, TestPicture.gif(blocks: [0x21, 0xFE, 15] + address.prefix(15) + [0])),
            ("address in a comment", .jpeg, jpeg(TestPicture.segment(0xFE, address))),
            ("address in a comment", .png, TestPicture.png(extra: [("tEXt", Array("Comment\0".utf8) + address)])),
            ("coordinates", .png, TestPicture.png(extra: [("tEXt", Array("Coordinates\052.5, 13.4".utf8))])),
            ("latitude alone", .png, TestPicture.png(extra: [("iTXt", Array("Lat\0\0\0\0\052.5".utf8))])),
            (
                "an entity of XMP", .jpeg,
                jpeg(
                    TestXMP.segment(
                        Array("<!DOCTYPE a [<!ENTITY a '52,31.2N'>]>".utf8)
                            + TestXMP.packet("exif:GPSLatitude=\"&a;\"")))
            ),
            ("address in Exif", .jpeg, jpeg(TestExif(comment: "geo:52.5,13.4").segment)),
            (
                "address in XMP", .jpeg,
                jpeg(TestXMP.segment(TestXMP.packet("", "<dc:title>here: geo:52.5,13.4;u=3</dc:title>")))
            ),
        ]

    private static let address = Array("GEO:52.5,-13.45 is where it was".utf8)

    private static let boxes: [(String, [UInt8])] = [
        ("Exif in a box of boxes", box("jumb", description + box("Exif", exif))),
        ("Exif with its header in a box", box("jumb", description + box("Exif", header + exif))),
        ("a box of Exif", box("Exif", exif)),
        ("a box with a number of its own", box("uuid", Array("JpgTiffExif->JP2".utf8) + exif)),
        ("coordinates of schema.org", box("json", Array(#"{"geo":{"Latitude":52.5,"longitude":13.4}}"#.utf8))),
        ("a compressed box", box("jumb", description + box("brob", Array("cbor".utf8) + [1, 2, 3]))),
        ("a compressed box to the end", box("jumb", description + TestPicture.big(0, 4) + Array("brobcbor".utf8))),
        (
            "a compressed box of great length",
            box(
                "jumb",
                description + TestPicture.big(1, 4) + Array("brob".utf8) + TestPicture.big(20, 8) + Array("cbor".utf8))
        ),
    ]
    /// What looks like the type of a compressed box and is none.
    private static let uncompressed =
        TestPicture.big(12, 4) + Array("Brob".utf8) + TestPicture.big(1 << 20, 4) + Array("brob\u{1}brob".utf8)
    private static let description = box("jumd", [UInt8](repeating: 7, count: 16) + [3] + Array("place\0".utf8))

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        TestPicture.big(8 + content.count, 4) + Array(type.utf8) + content
    }

    /// Each piece repeats the length and type of the box.
    private static func segments(_ box: [UInt8], size: Int, headerLength: Int = 8) -> [UInt8] {
        let content = Array(box.dropFirst(headerLength))
        return stride(from: 0, to: content.count, by: size).enumerated().flatMap { index, start in
            TestPicture.segment(
                0xEB,
                Array("JP".utf8) + TestPicture.big(1, 2) + TestPicture.big(index + 1, 4) + box.prefix(headerLength)
                    + content[start..<min(content.count, start + size)])
        }
    }

    private static let longBoxSegments = segments(
        TestPicture.big(1, 4) + Array("Exif".utf8) + TestPicture.big(16 + exif.count, 8) + exif, size: 50,
        headerLength: 16)

    private static func jpeg(_ segments: [UInt8]) -> [UInt8] { TestPicture.jpeg(segments: segments) }

    private static func blocks(_ content: [UInt8]) -> [UInt8] {
        stride(from: 0, to: content.count, by: 255).flatMap { start in
            let piece = content[start..<min(content.count, start + 255)]
            return [UInt8(piece.count)] + piece
        } + [0]
    }

    private static func extension255(_ name: String, _ content: [UInt8]) -> [UInt8] {
        [0x21, 0xFF, 11] + Array(name.utf8) + blocks(content)
    }

    private static func plainText(_ text: String) -> [UInt8] {
        [0x21, 0x01, 12] + [UInt8](repeating: 0, count: 12) + blocks(Array(text.utf8))
    }

    /// 52/1 31/1, as the test's Exif has it.
    private static let place = Array("52,31.2N".utf8)
    private static let degrees: [UInt8] = [52, 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 1, 0, 0, 0]

    @Test(arguments: cases.indices) func `it is found, and goes`(index: Int) throws {
        let (_, type, bytes) = Self.cases[index]
        #expect(MetadataStripper.hasPosition(bytes, type: type))
        for rule in [MetadataRule.stripGPS, .stripAll] {
            let stripped = try MetadataStripper.stripped(bytes, type: type, rule: rule)
            #expect(!MetadataStripper.hasPosition(stripped, type: type))
            let isLeft = stripped.indices.contains { index in
                [Self.degrees, Self.place].contains { stripped[index...].starts(with: $0) }
            }
            #expect(!isLeft)
            #expect(try MetadataStripper.stripped(stripped, type: type, rule: rule) == stripped)
            if rule == .stripGPS, [.jpeg, .webp].contains(type) { #expect(stripped.count == bytes.count) }
        }
    }

    @Test(.enabled("needs exiftool") { SystemTool.exists("exiftool") }, arguments: cases.indices)
    func `exiftool finds none either`(index: Int) throws {
        let (_, type, bytes) = Self.cases[index]
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS)
        let path = try folder.write(stripped, to: "stripped.\(type.ext)")
        let names = ["-gps*", "-xmp:gps*", "-*latitude*", "-*longitude*", "-comment", "-usercomment", "-title"]
        let found = try SystemTool.run("exiftool", ["-q", "-q", "-a", "-u", "-U", "-s3", "-ee3"] + names + [path])
        // Degrees, and not the number of a line in a complaint of the tool's.
        #expect(!["52 ", "52.", "52,", "13.4"].contains { found.output.contains($0) }, "\(found.output)")
    }

    @Test(
        .enabled("needs the tools of libvips") { SystemTool.exists("vips") }, arguments: cases.indices,
        [MetadataRule.stripGPS, .stripAll])
    func `pixels are the same`(index: Int, rule: MetadataRule) throws {
        let (_, type, bytes) = Self.cases[index]
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: rule)
        let pixels = try [bytes, stripped].enumerated().map { index, bytes in
            let path = try folder.write(bytes, to: "\(index).\(type.ext)")
            #expect(try SystemTool.run("vips", ["rawsave", path, folder.path + "/\(index).raw"]).status == 0)
            return try folder.read("\(index).raw")
        }
        #expect(pixels[0] == pixels[1] && !pixels[0].isEmpty)
    }

    @Test(arguments: [
        (FileType.png, TestPicture.png(extra: [("tEXt", Array("Location\0Berlin 10117".utf8))])),
        (.png, TestPicture.png(extra: [("tEXt", Array("Comment\0geo: the Earth, geo:a,b".utf8))])),
        (.png, TestPicture.png(extra: [("prVt", TestExif().bytes)])),
        (.png, TestPicture.png(extra: [("caBX", box("jumb", description + box("json", Array("{}".utf8))))])),
        (.webp, TestPicture.webp(flags: 0, extra: [("C2PA", box("jumb", description))])),
        (.webp, TestPicture.webp(flags: 0, extra: [("C2PA", box("jumb", description + box("bidb", uncompressed)))])),
        (.jpeg, jpeg(segments(box("jumb", description + box("bidb", uncompressed)), size: 50))),
        (.jpeg, jpeg(segments(box("RESI", box("brob", [1, 2, 3, 4])), size: 8))),
        (.jpeg, jpeg(segments(box("jumb", description + box("Exif", TestExif().bytes)), size: 50))),
        (.jpeg, jpeg(TestPicture.segment(0xE2, Array("MPF\0".utf8) + TestExif(isLittle: false).bytes))),
        (.gif, TestPicture.gif(blocks: plainText("a title") + extension255("EXIF    1.0", TestExif().bytes))),
    ]) func `what names no position stays`(type: FileType, bytes: [UInt8]) throws {
        #expect(!MetadataStripper.hasPosition(bytes, type: type))
        #expect(try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS) == bytes)
    }

    @Test(arguments: [50, 1000]) func `of a box that is signed by nobody only the position goes`(size: Int) throws {
        let layer = Array("the data of a layer".utf8)
        let bytes = Self.jpeg(Self.segments(Self.box("RESI", Self.exif + layer), size: size))
        #expect(MetadataStripper.removals(bytes, type: .jpeg).isEmpty)
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        let rest = try #require(TIFFBlock(Self.exif[...])).withoutPosition() + layer
        #expect(stripped == Self.jpeg(Self.segments(Self.box("RESI", rest), size: size)))
        let signed = Self.jpeg(Self.segments(Self.box("jumb", Self.exif + layer), size: size))
        #expect(MetadataStripper.removals(signed, type: .jpeg) == [ContentCredentials.name])
    }

    @Test(arguments: [50, 1000]) func `a box that goes as a whole is named`(size: Int) throws {
        let box = Self.box("RESI", Self.exif + Array("the data of a layer, latitude".utf8))
        let bytes = Self.jpeg(Self.segments(box, size: size))
        #expect(MetadataStripper.removals(bytes, type: .jpeg) == [BoxContent.name])
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        let rest = Self.box("RESI", [UInt8](repeating: 0, count: box.count - 8))
        #expect(stripped == Self.jpeg(Self.segments(rest, size: size)))
    }

    @Test func `a position that stands half in the header of a box goes`() throws {
        let bytes = Self.jpeg(Self.segments(Self.box("GPSL", Array("atitude=52.5".utf8)), size: 1000))
        #expect(MetadataStripper.hasPosition(bytes, type: .jpeg))
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        #expect(!MetadataStripper.hasPosition(stripped, type: .jpeg))
    }

    @Test func `boxes without a position stay beside one that goes`() throws {
        let kept = Self.segments(Self.box("jumb", Self.description), size: 10)
        let bytes = Self.jpeg(kept + Self.segments(Self.box("Exif", Self.exif), size: 50))
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        #expect(stripped.dropFirst(2).starts(with: kept))
    }
}
