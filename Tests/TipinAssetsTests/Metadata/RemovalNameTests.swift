import Testing
import TipinTestPictures

@testable import TipinAssets

/// What a person is told of that goes as a whole.
struct RemovalNameTests {
    private static let position = Array("GPSPosition".utf8)

    private static func segments(_ marker: UInt8) -> [UInt8] {
        (0..<200).flatMap { _ in TestPicture.segment(marker, position) }
    }

    private static func text(_ keyword: String) -> (String, [UInt8]) { ("tEXt", Array("\(keyword)\0".utf8) + position) }

    private static func block(_ kind: [UInt8], _ content: [UInt8]) -> [UInt8] {
        [0x21] + kind + [UInt8(content.count)] + content + [0]
    }

    private static let comment = block([0xFE], position)
    private static let application = block([0xFF, 11] + Array("Whatever1.0".utf8), position)
    private static let plainText = block([0x01, 12] + [UInt8](repeating: 0, count: 12), position)

    @Test(arguments: [
        (FileType.jpeg, TestPicture.jpeg(segments: segments(0xFE) + segments(0xE9)), ["comment"]),
        (.jpeg, TestPicture.jpeg(segments: segments(0xE9)), []),
        (
            .png, TestPicture.png(extra: [text("Title"), ("prVt", position), text("Comment"), text("Title")]),
            ["text 'Title'", "text 'Comment'"]
        ),
        (.png, TestPicture.png(extra: [("prVt", position), text("GPSPosition")]), []),
        (.gif, TestPicture.gif(blocks: application + plainText + comment + comment), ["text", "comment"]),
        (.gif, TestPicture.gif(blocks: application), []),
    ]) func `each is named once, and what nobody misses is not`(type: FileType, bytes: [UInt8], names: [String]) {
        #expect(MetadataStripper.removals(bytes, type: type) == names)
    }

    @Test func `a part's block is found without looking at all of them`() {
        let places = Array(stride(from: 0, to: 3_000_000, by: 3))
        for (place, element) in [(0, 0), (1, 3), (2_999_997, 2_999_997), (2_999_998, nil)] as [(Int, Int?)] {
            var count = 0
            let found = places.element(from: place) { place in
                count += 1
                return place
            }
            #expect(found == element)
            #expect(count <= 20)
        }
    }

    @Test func `checksums are right beside chunks that are taken out`() throws {
        let exif = TestExif(hasPosition: true).bytes
        let bytes = TestPicture.png(extra: [Self.text("Title"), ("eXIf", exif), Self.text("Comment"), ("eXIf", exif)])
        let kept = try #require(TIFFBlock(exif[...])).withoutPosition()
        #expect(
            try MetadataStripper.stripped(bytes, type: .png, rule: .stripGPS)
                == TestPicture.png(extra: [("eXIf", kept), ("eXIf", kept)]))
    }
}
