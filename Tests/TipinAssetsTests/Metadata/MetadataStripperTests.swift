import Testing
import TipinAssets
import TipinTestPictures

struct MetadataStripperTests {
    static let exif = Array("Exif\0\0".utf8)
    static let thumbnail = TestPicture.jpeg(segments: TestExif(hasPosition: true).segment)
    static let packetInText = Array("XML:com.adobe.xmp\0\0\0\0\0".utf8)

    /// Pictures that say where they were taken, one for each place in which they can.
    static let placed: [(String, FileType, [UInt8])] = [
        ("Exif, little", .jpeg, TestPicture.jpeg(segments: TestExif(orientation: 6, hasPosition: true).segment)),
        ("Exif, big", .jpeg, TestPicture.jpeg(segments: TestExif(isLittle: false, hasPosition: true).segment)),
        ("thumbnail", .jpeg, TestPicture.jpeg(segments: TestExif(thumbnail: thumbnail).segment)),
        (
            "Exif and thumbnail", .jpeg,
            TestPicture.jpeg(segments: TestExif(hasPosition: true, thumbnail: thumbnail).segment)
        ),
        ("XMP attributes", .jpeg, TestPicture.jpeg(segments: TestXMP.segment(TestXMP.attributes))),
        ("XMP elements", .jpeg, TestPicture.jpeg(segments: TestXMP.segment(TestXMP.elements))),
        ("XMP of a drone", .jpeg, TestPicture.jpeg(segments: TestXMP.segment(TestXMP.drone))),
        (
            "XMP in two bytes a letter", .jpeg,
            TestPicture.jpeg(segments: TestXMP.segment(TestXMP.attributes.flatMap { [0, $0] }))
        ),
        ("XMP that is not closed", .jpeg, TestPicture.jpeg(segments: TestXMP.segment(Array("<GPSLatitude>5".utf8)))),
        ("extended XMP", .jpeg, TestPicture.jpeg(segments: TestXMP.extendedSegments(TestXMP.elements, size: 50))),
        ("APP13", .jpeg, TestPicture.jpeg(segments: TestPicture.segment(0xED, photoshop))),
        ("second picture", .jpeg, TestPicture.jpeg(segments: [], trailer: [0, 0] + thumbnail)),
        ("film of a motion photo", .jpeg, TestPicture.jpeg(segments: [], trailer: film)),
        ("eXIf", .png, TestPicture.png(extra: [("eXIf", TestExif(orientation: 8, hasPosition: true).bytes)])),
        ("iTXt", .png, TestPicture.png(extra: [("iTXt", packetInText + TestXMP.attributes)])),
        ("compressed iTXt", .png, TestPicture.png(extra: [("iTXt", Array("XML:com.adobe.xmp\0\u{1}\0\0\0x".utf8))])),
        ("raw profile", .png, TestPicture.png(extra: [("tEXt", rawProfile(TestExif(hasPosition: true).bytes))])),
        ("compressed profile", .png, TestPicture.png(extra: [("zTXt", Array("Raw profile type exif\0\0x".utf8))])),
        ("text of its own", .png, TestPicture.png(extra: [("tEXt", Array("exif:GPSLatitude\052/1".utf8))])),
        ("EXIF", .webp, TestPicture.webp(flags: 8, extra: [("EXIF", exif + TestExif(hasPosition: true).bytes)])),
        ("XMP", .webp, TestPicture.webp(flags: 4, extra: [("XMP ", TestXMP.elements)])),
        (
            "maker's notes", .jpeg,
            TestPicture.jpeg(segments: TestExif(comment: "12$GPRMC,1231,A,5231.2,N", commentTag: 0x927C).segment)
        ),
        (
            "XMP in Exif", .jpeg,
            TestPicture.jpeg(
                segments: TestExif(
                    comment: String(decoding: TestXMP.elements, as: UTF8.self), commentTag: 0x02BC
                ).segment)
        ),
        ("user's comment", .jpeg, TestPicture.jpeg(segments: TestExif(comment: "GPSLatitude=52.5").segment)),
        ("comment", .jpeg, TestPicture.jpeg(segments: TestPicture.segment(0xFE, Array("+52.5167+013.4000/".utf8)))),
        (
            "a camera's telemetry", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xE6, Array("GoPro\0DEVCGPS5l".utf8)))
        ),
        ("Photoshop's thumbnail", .jpeg, TestPicture.jpeg(segments: TestPicture.segment(0xED, smallPicture))),
        ("loci of a film", .jpeg, TestPicture.jpeg(segments: [], trailer: otherFilm)),
        (
            "XMP behind the end", .jpeg,
            TestPicture.jpeg(segments: [], trailer: Array("uuid".utf8) + TestXMP.attributes + [0, 1])
        ),
        ("eXIf of a draft", .png, TestPicture.png(extra: [("exIf", TestExif(hasPosition: true).bytes)])),
        ("compressed eXIf of a draft", .png, TestPicture.png(extra: [("zxIf", [0, 1, 2])])),
        ("compressed text of a program", .png, TestPicture.png(extra: [("zTXt", Array("Shot data\0\0x".utf8))])),
        (
            "raw profile of Photoshop", .png,
            TestPicture.png(extra: [("tEXt", rawProfile(photoshop, named: "8bim", start: []))])
        ),
        ("text with coordinates", .png, TestPicture.png(extra: [("tEXt", Array("Place\0+52.5167+013.4000/".utf8))])),
        (
            "a signed statement", .png,
            TestPicture.png(extra: [("caBX", Array("jumb{\"exif:GPSLatitude\":\"52,31N\"}".utf8))])
        ),
        ("behind the end of a PNG", .png, TestPicture.png() + thumbnail),
        (
            "a signed statement", .webp,
            TestPicture.webp(flags: 0, extra: [("C2PA", Array("{\"exif:GPSLatitude\":\"52,31N\"}".utf8))])
        ),
        ("behind the end of a WebP", .webp, TestPicture.webp + thumbnail),
        ("comment", .gif, TestPicture.gif(blocks: [0x21, 0xFE, 13] + Array("GPSLatitude 5".utf8) + [0])),
        (
            "a program's block", .gif,
            TestPicture.gif(blocks: [0x21, 0xFF, 11] + Array("LOCATION1.0".utf8) + [18] + notation + [0])
        ),
        ("behind the end of a GIF", .gif, TestPicture.gif() + thumbnail),
        ("XMP of a PDF", .pdf, Array("%PDF-1.7\nstream\n".utf8) + TestXMP.elements + Array("\nendstream".utf8)),
        ("a picture in a PDF", .pdf, Array("%PDF-1.7\nstream\n".utf8) + thumbnail + Array("\nendstream".utf8)),
        ("Photoshop's Exif", .jpeg, TestPicture.jpeg(segments: TestPicture.segment(0xED, photoshopExif))),
        ("Photoshop's Exif in two segments", .jpeg, TestPicture.jpeg(segments: split(photoshopExif))),
        ("a resource that is cut short", .jpeg, TestPicture.jpeg(segments: unfinished)),
        (
            "another program's resource", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xED, otherResource + photoshopExif.dropFirst(14)))
        ),
        ("a thermal camera", .jpeg, TestPicture.jpeg(segments: thermal)),
        ("a thermal camera in two segments", .jpeg, TestPicture.jpeg(segments: thermalInTwo)),
        (
            "a thermal camera's other version", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xE1, Array("FLIR\0".utf8) + [1, 0, 0, 9, 9, 9]))
        ),
        (
            "a program's first segment", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xE0, Array("Ocad GPSLatitude=52".utf8)))
        ),
        (
            "a thumbnail of JFIF", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xE0, Array("JFXX\0\u{10}".utf8) + thumbnail))
        ),
        (
            "the Earth's own words", .jpeg,
            TestPicture.jpeg(segments: TestPicture.segment(0xFE, Array("<GEO:Lat>52.5</geo:lat>".utf8)))
        ),
        (
            "raw profile of the press", .png,
            TestPicture.png(extra: [
                ("tEXt", rawProfile(Array(photoshopExif.dropFirst(14)), named: "iptc", start: []))
            ])
        ),
        (
            "compressed profile of the press", .png,
            TestPicture.png(extra: [("zTXt", Array("Raw profile type iptc\0\0x".utf8))])
        ),
        ("compressed comment", .png, TestPicture.png(extra: [("zTXt", Array("Comment\0\0x".utf8))])),
        (
            "compressed description", .png,
            TestPicture.png(extra: [("iTXt", Array("Description\0\u{1}\0\0\0x".utf8))])
        ),
        ("bare packet", .gif, TestPicture.gif(blocks: gifPacket)),
        ("packet in blocks", .gif, TestPicture.gif(blocks: gifPacketInBlocks)),
    ]

    private static let notation = Array("+52.5167+013.4000/".utf8)

    /// Resource 0x040C: 28 bytes about a JPEG file, and the file.
    private static let smallPicture =
        Array("Photoshop 3.0\08BIM".utf8) + [0x04, 0x0C, 0, 0] + TestPicture.big(28 + thumbnail.count, 4)
        + [UInt8](repeating: 0, count: 28) + thumbnail

    /// Resource 0x0422.
    private static let photoshopExif: [UInt8] = {
        let exif = TestExif(hasPosition: true).bytes
        return Array("Photoshop 3.0\08BIM".utf8) + [0x04, 0x22, 0, 0] + TestPicture.big(exif.count, 4) + exif
    }()

    private static let otherResource = Array("Photoshop 3.0\0PHUT".utf8) + [0, 1, 0, 0, 0, 0, 0, 2, 9, 9]

    /// The second begins in the middle of the directory of positions.
    private static func split(_ resources: [UInt8]) -> [UInt8] {
        TestPicture.segment(0xED, Array(resources[..<60]))
            + TestPicture.segment(0xED, Array("Photoshop 3.0\0".utf8) + resources[60...])
    }

    private static let unfinished = TestPicture.segment(0xED, Array(photoshopExif.dropLast(8)))

    /// A header and a directory of two records: one of positions, and one of what the picture measures.
    private static let thermalRecords: [UInt8] = {
        func record(_ type: Int, _ place: Int, _ length: Int) -> [UInt8] {
            TestPicture.big(type, 2) + TestPicture.big(1, 2) + TestPicture.big(0x64, 4) + TestPicture.big(1, 4)
                + TestPicture.big(place, 4) + TestPicture.big(length, 4) + [UInt8](repeating: 0, count: 12)
        }
        let header =
            Array("FFF\0CAMCTRL".utf8) + [UInt8](repeating: 0, count: 9) + TestPicture.big(100, 4)
            + TestPicture.big(64, 4) + TestPicture.big(2, 4)
        let position: [UInt8] =
            TestPicture.big(1, 4) + TestPicture.big(0, 4) + Array("N\0\0\0E\0\0\0".utf8)
            + [0x40, 0x4A, 0x42, 0x8F, 0x5C, 0x28, 0xF5, 0xC3, 0x40, 0x2A, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCD]
            + [UInt8](repeating: 0, count: 64)
        return header + [UInt8](repeating: 0, count: 64 - header.count) + record(0x2B, 128, position.count)
            + record(0x20, 128 + position.count, 4) + position + [1, 2, 3, 4]
    }()

    private static func thermalSegment(_ number: UInt8, of last: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        TestPicture.segment(0xE1, Array("FLIR\0".utf8) + [1, number, last] + bytes)
    }

    private static let thermal = thermalSegment(0, of: 0, thermalRecords)
    private static let thermalInTwo =
        thermalSegment(0, of: 1, Array(thermalRecords[..<150]))
        + thermalSegment(1, of: 1, Array(thermalRecords[150...]))

    private static let otherFilm: [UInt8] =
        [0, 0, 0, 16] + Array("ftyp3gp4".utf8) + [0, 0, 0, 0] + [0, 0, 0, 24] + Array("loci".utf8)
        + [0, 0, 0, 0, 0x15, 0xC7, 65, 0] + [0, 0x34, 0x84, 0, 0, 0x0D, 0x66, 0]

    private static let photoshop =
        Array("Photoshop 3.0\08BIM".utf8) + [0x04, 0x24, 0, 0] + TestPicture.big(TestXMP.attributes.count, 4)
        + TestXMP.attributes

    private static let film: [UInt8] =
        [0, 0, 0, 16] + Array("ftypmp42".utf8) + [0, 0, 0, 0, 0xFF, 0xD8, 0xFF, 1, 2, 3] + [0, 0, 0, 30, 0xA9]
        + Array("xyz".utf8) + [0, 18, 0x15, 0xC7] + Array("+52.5167+013.4000/".utf8) + [9, 9]

    private static func rawProfile(_ block: [UInt8], named name: String = "exif", start: [UInt8] = exif) -> [UInt8] {
        let digits = (start + block).flatMap { [$0 >> 4, $0 & 15] }.map { "0123456789abcdef".utf8.map(\.self)[Int($0)] }
        return Array("Raw profile type \(name)\0\n\(name)\n     \(digits.count / 2)\n".utf8) + digits + [10]
    }

    private static let gifApplication: [UInt8] = [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8)
    private static let gifPacket =
        gifApplication + TestXMP.elements + [1] + (0...255).reversed().map { UInt8($0) } + [0]
    private static let gifPacketInBlocks: [UInt8] = {
        let packet = TestXMP.elements
        return gifApplication
            + stride(from: 0, to: packet.count, by: 100).flatMap { start in
                let piece = packet[start..<min(packet.count, start + 100)]
                return [UInt8(piece.count)] + piece
            } + [0]
    }()

    @Test(arguments: placed) func `a position goes and the rest of the structure stays`(
        name: String, type: FileType, bytes: [UInt8]
    ) throws {
        #expect(MetadataStripper.hasPosition(bytes, type: type))
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS)
        #expect(!MetadataStripper.hasPosition(stripped, type: type))
        #expect(stripped.count <= bytes.count)
        if [.jpeg, .webp, .pdf].contains(type) { #expect(stripped.count == bytes.count) }
        #expect(try MetadataStripper.stripped(stripped, type: type, rule: .stripGPS) == stripped)
        #expect(try MetadataStripper.stripped(bytes, type: type, rule: .keep) == bytes)
        let bare = try MetadataStripper.stripped(bytes, type: type, rule: .stripAll)
        #expect(!MetadataStripper.hasPosition(bare, type: type))
        #expect(try MetadataStripper.stripped(bare, type: type, rule: .stripAll) == bare)
    }

    @Test(arguments: [
        (FileType.jpeg, TestPicture.jpeg),
        (.jpeg, TestPicture.jpeg(segments: TestExif(orientation: 3, thumbnail: TestPicture.jpeg).segment)),
        (.jpeg, TestPicture.jpeg(segments: TestExif(hasPosition: true, positionIsVersionOnly: true).segment)),
        (.jpeg, TestPicture.jpeg(segments: TestXMP.segment(TestXMP.packet("dc:source=\"GPS unit\"")))),
        (
            .png,
            TestPicture.png(extra: [("iTXt", packetInText + TestXMP.packet()), ("tEXt", Array("Title\0GPS".utf8))])
        ),
        (.webp, TestPicture.webp(flags: 8, extra: [("EXIF", TestExif().bytes)])),
        (.gif, TestPicture.gif(frames: 2)),
        (.gif, TestPicture.gif(blocks: [0x21, 0xFE, 5] + Array("GPS +".utf8) + [0])),
        (.pdf, Array("%PDF-1.7".utf8)),
        (
            .jpeg,
            TestPicture.jpeg(segments: TestExif(comment: "taken with GPS off, +12-3/", commentTag: 0x927C).segment)
        ),
        (.jpeg, TestPicture.jpeg(segments: [], trailer: TestPicture.jpeg + Array("+1.5+2.5/".utf8))),
        (
            .png,
            TestPicture.png(extra: [("zTXt", Array("Raw profile type icc\0\0x".utf8))])
        ),
        (.jpeg, TestPicture.jpeg(segments: TestPicture.segment(0xED, otherResource))),
        (.webp, TestPicture.webp(flags: 0, extra: [("ABCD", Array("GPS".utf8))])),
    ]) func `bytes without a position come back the very same`(type: FileType, bytes: [UInt8]) throws {
        #expect(!MetadataStripper.hasPosition(bytes, type: type))
        #expect(try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS) == bytes)
    }

    @Test func `what a thermal camera measures stays`() throws {
        let stripped = try MetadataStripper.stripped(
            TestPicture.jpeg(segments: Self.thermal), type: .jpeg, rule: .stripGPS)
        let kept = Self.thermalRecords.dropFirst(128).suffix(4)
        let place = try #require(stripped.indices.first { stripped[$0...].starts(with: kept) })
        #expect(stripped[(place - 8)..<place].allSatisfy { $0 == 0 })
        #expect(stripped.starts(with: TestPicture.jpeg[..<2] + Self.thermal.prefix(76)))
    }

    @Test func `strip-all keeps how the picture looks`() throws {
        let profile = TestPicture.segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 1, 2, 3])
        let adobe = TestPicture.segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 0])
        let comment = TestPicture.segment(0xFE, Array("hello".utf8))
        let exif = TestExif(orientation: 6, hasPosition: true).segment
        let full = TestPicture.jpeg(segments: exif + profile + adobe + comment, trailer: [1, 2, 3])
        let bare = try MetadataStripper.stripped(full, type: .jpeg, rule: .stripAll)
        let small = TestPicture.segment(
            0xE1,
            Array("Exif\0\0".utf8) + [77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6]
                + [0, 0, 0, 0, 0, 0])
        #expect(bare == TestPicture.jpeg[..<2] + small + profile + adobe + TestPicture.jpeg[2...])
        let plain = try MetadataStripper.stripped(TestPicture.jpeg, type: .jpeg, rule: .stripAll)
        #expect(plain == TestPicture.jpeg)
    }

    @Test func `strip-all keeps chunks and blocks that matter`() throws {
        let png = TestPicture.png(extra: [("gAMA", [0, 0, 1, 2]), ("tEXt", Array("a\0b".utf8)), ("tIME", [1])])
        #expect(
            try MetadataStripper.stripped(png, type: .png, rule: .stripAll)
                == TestPicture.png(extra: [("gAMA", [0, 0, 1, 2])]))
        let webp = TestPicture.webp(flags: 0x0C, extra: [("EXIF", TestExif().bytes), ("XMP ", TestXMP.packet())])
        #expect(
            try MetadataStripper.stripped(webp, type: .webp, rule: .stripAll) == TestPicture.webp(flags: 0, extra: []))
        let loop: [UInt8] = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
        let comment: [UInt8] = [0x21, 0xFE, 2, 65, 66, 0]
        let gif = try MetadataStripper.stripped(
            TestPicture.gif(blocks: loop + comment), type: .gif, rule: .stripAll)
        #expect(gif == TestPicture.gif(blocks: loop))
    }

    @Test func `strip-all of what cannot be followed is refused`() {
        for (type, bytes) in [
            (FileType.jpeg, [0xFF, 0xD8, 0xFF, 0xE1, 0xFF]), (.png, Array(TestPicture.png().dropLast(3))),
        ]
            as [(FileType, [UInt8])]
        {
            #expect(throws: MetadataError.malformed(type)) {
                try MetadataStripper.stripped(bytes, type: type, rule: .stripAll)
            }
        }
    }
}
