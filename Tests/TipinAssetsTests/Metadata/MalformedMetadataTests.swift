import Testing
import TipinAssets
import TipinTestPictures

struct MalformedMetadataTests {
    @Test(arguments: [true, false]) func `no byte of Exif that is wrong stops the reader`(isLittle: Bool) throws {
        let block = TestExif(isLittle: isLittle, hasPosition: true, thumbnail: TestPicture.jpeg).bytes
        for place in block.indices {
            for value in [0x00, 0x7F, 0xFF] as [UInt8] {
                var wrong = block
                wrong[place] = value
                try expectLaws(TestPicture.jpeg(segments: exif(wrong)), .jpeg)
            }
        }
        for length in block.indices { try expectLaws(TestPicture.jpeg(segments: exif(Array(block[..<length]))), .jpeg) }
    }

    @Test(arguments: MetadataStripperTests.placed) func `a cut file stops nothing`(
        name: String, type: FileType, bytes: [UInt8]
    ) throws {
        for length in stride(from: 0, to: bytes.count, by: 7) { try expectLaws(Array(bytes[..<length]), type) }
    }

    @Test func `directories that name each other are read once`() throws {
        // Two directories, each the other's next, each with a position directory that is the first directory.
        var block: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        block += [0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 26]
        block += [0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8]
        let bytes = TestPicture.jpeg(segments: exif(block))
        #expect(MetadataStripper.hasPosition(bytes, type: .jpeg))
        try expectLaws(bytes, .jpeg)
    }

    @Test func `a value outside the block blanks nothing`() throws {
        var block = TestExif(isLittle: false, hasPosition: true).bytes
        let position = 8 + 2 + 48 + 4 + 2 + 12 + 4
        for (index, byte) in [0x7F, 0xFF, 0xFF, 0xFF].enumerated() {
            block[position + 2 + 24 + 8 + index] = UInt8(byte)
        }
        let bytes = TestPicture.jpeg(segments: exif(block))
        let stripped = try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS)
        #expect(stripped.suffix(TestPicture.jpeg.count - 2) == bytes.suffix(TestPicture.jpeg.count - 2))
        #expect(!MetadataStripper.hasPosition(stripped, type: .jpeg))
    }

    private func exif(_ block: [UInt8]) -> [UInt8] { TestPicture.segment(0xE1, Array("Exif\0\0".utf8) + block) }

    /// What holds for any bytes: no position afterwards, no growth, the same when repeated.
    private func expectLaws(_ bytes: [UInt8], _ type: FileType) throws {
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS)
        let again = try MetadataStripper.stripped(stripped, type: type, rule: .stripGPS)
        let isLawful =
            stripped.count <= bytes.count && again == stripped
            && !MetadataStripper.hasPosition(stripped, type: type)
        #expect(isLawful)
        if !MetadataStripper.hasPosition(bytes, type: type) { #expect(stripped == bytes) }
        _ = try? MetadataStripper.stripped(bytes, type: type, rule: .stripAll)
    }
}
