import Testing
import TipinAssets
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

/// An orientation stays in a PNG, wherever it stands, for those who looked there and for nobody else.
struct PNGOrientationTests {
    /// A text with an orientation of 6 and, where it is wanted, a position, and the text that is left of it.
    private struct Place {
        var type: String
        var content: [UInt8]
        var left: (type: String, content: [UInt8])
    }

    enum Kind: String, CaseIterable { case zTXt, iTXt, packet, zxIf, tEXt }

    private static let orientationOnly: [UInt8] = [
        77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ]

    private static func profile(_ block: [UInt8]) -> [UInt8] {
        let bytes = Array("Exif\0\0".utf8) + block
        let digits = bytes.flatMap { [$0 >> 4, $0 & 15] }.map { Array("0123456789abcdef".utf8)[Int($0)] }
        return Array("\nexif\n\(bytes.count)\n".utf8) + digits + [10]
    }

    private static func packet(_ properties: String) -> [UInt8] {
        Array(
            (#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">"#
                + #"<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" \#(properties)/>"#
                + "</rdf:RDF></x:xmpmeta>").utf8)
    }

    private static func place(_ kind: Kind, hasPosition: Bool = true) -> Place {
        let block = TestExif(orientation: 6, hasPosition: hasPosition).bytes
        let key = Array("Raw profile type exif\0".utf8)
        let left = ("tEXt", key + profile(orientationOnly))
        let packetKey = Array("XML:com.adobe.xmp\0".utf8)
        let text = packet((hasPosition ? #"exif:GPSLatitude="52,31N" "# : "") + #"tiff:Orientation="6""#)
        return switch kind {
        case .tEXt: Place(type: "tEXt", content: key + profile(block), left: left)
        case .zTXt: Place(type: "zTXt", content: key + [0] + TestPicture.stored(profile(block)), left: left)
        case .iTXt: Place(type: "iTXt", content: key + [1, 0, 0, 0] + TestPicture.stored(profile(block)), left: left)
        case .packet:
            Place(
                type: "iTXt", content: packetKey + [1, 0, 0, 0] + TestPicture.stored(text),
                left: ("iTXt", packetKey + [0, 0, 0, 0] + packet(#"tiff:Orientation="6""#)))
        case .zxIf: Place(type: "zxIf", content: draft(block), left: ("zxIf", draft(orientationOnly)))
        }
    }

    private static func draft(_ block: [UInt8]) -> [UInt8] {
        [0] + TestPicture.big(block.count, 4) + TestPicture.stored(block)
    }

    @Test(arguments: Kind.allCases, [MetadataRule.stripGPS, .stripAll])
    func `it stays in a chunk of its own`(kind: Kind, rule: MetadataRule) throws {
        for hasPosition in [true, false] {
            // What is not compressed is overwritten where it stands.
            guard kind != .tEXt || rule == .stripAll else { continue }
            let place = Self.place(kind, hasPosition: hasPosition)
            let bytes = TestPicture.png(extra: [("gAMA", [0, 0, 1, 2]), (place.type, place.content)])
            let stripped = try MetadataStripper.stripped(bytes, type: .png, rule: rule)
            #expect(stripped == TestPicture.png(extra: [("gAMA", [0, 0, 1, 2]), place.left]))
            #expect(!MetadataStripper.hasPosition(stripped, type: .png))
            #expect(try MetadataStripper.stripped(stripped, type: .png, rule: rule) == stripped)
        }
    }

    @Test(arguments: Kind.allCases) func `the picture is decoded as it was`(kind: Kind) async throws {
        let worker = ImageWorker(path: Checkout.products + "/tipin-image", limits: SystemTool.patience)
        let place = Self.place(kind)
        let bytes = TestPicture.png(extra: [(place.type, place.content)])
        let stripped = try MetadataStripper.stripped(bytes, type: .png, rule: .stripGPS)
        let facts = [try await worker.probe(bytes, as: .png), try await worker.probe(stripped, as: .png)]
        // Of these places none counts with libvips or a browser, and none may begin to.
        #expect(facts.map(\.width) == [3, 3] && facts.map(\.height) == [2, 2])
    }

    @Test(
        .enabled("needs exiftool") { SystemTool.exists("exiftool") }, arguments: Kind.allCases,
        [MetadataRule.keep, .stripGPS, .stripAll])
    func `exiftool finds it`(kind: Kind, rule: MetadataRule) throws {
        let place = Self.place(kind)
        let bytes = TestPicture.png(extra: [(place.type, place.content)])
        let folder = try TemporaryFolder()
        let path = try folder.write(try MetadataStripper.stripped(bytes, type: .png, rule: rule), to: "stripped.png")
        #expect(try SystemTool.run("exiftool", ["-n", "-s3", "-Orientation", path]).output == "6\n")
    }

    @Test func `names that a file gives its texts go`() throws {
        let block = TestExif(orientation: 6).bytes
        let named = Self.profile(block).replacing("exif".utf8, with: "GPSLatitude 52.5".utf8, maxReplacements: 1)
        for (keyword, hasOrientation) in [("Raw profile type exif", true), ("raw profile type GPSLatitude", false)] {
            let text = ("zTXt", Array("\(keyword)\0\0".utf8) + TestPicture.stored(named))
            let stripped = try MetadataStripper.stripped(
                TestPicture.png(extra: [text]), type: .png, rule: .stripGPS)
            let left = hasOrientation ? [Self.place(.zTXt).left] : []
            #expect(stripped == TestPicture.png(extra: left.map { ($0.type, $0.content) }))
        }
    }

    @Test func `bombs and what is damaged go without being taken apart to their end`() throws {
        let key = Array("Raw profile type exif\0\0".utf8)
        let bomb = ("zTXt", key + Deflate.zeros(count: 200_000_000))
        let damaged = ("zTXt", key + TestPicture.stored(Self.profile(TestExif(orientation: 6).bytes)).dropLast(9))
        let bytes = TestPicture.png(extra: [damaged] + [(String, [UInt8])](repeating: bomb, count: 20))
        let start = ContinuousClock.now
        #expect(try MetadataStripper.stripped(bytes, type: .png, rule: .stripGPS) == TestPicture.png())
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
