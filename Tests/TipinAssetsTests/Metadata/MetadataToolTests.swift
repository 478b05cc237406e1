import Testing
import TipinAssets
import TipinTestSupport

/// The same pictures seen by exiftool and libvips.
struct MetadataToolTests {
    @Test(.enabled("needs exiftool") { SystemTool.exists("exiftool") }, arguments: MetadataStripperTests.placed)
    func `exiftool finds no position either`(name: String, type: FileType, bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(bytes, type: type, rule: .stripGPS)
        let path = try folder.write(stripped, to: "stripped.\(type.ext)")
        let found = try SystemTool.run("exiftool", ["-q", "-q", "-a", "-u", "-G1", "-ee", "-gps*", "-xmp:gps*", path])
        #expect(found.output == "")
    }

    @Test(.enabled("needs exiftool") { SystemTool.exists("exiftool") })
    func `what is not a position stays readable`() throws {
        let folder = try TemporaryFolder()
        let exif = TestExif(orientation: 6, hasPosition: true, thumbnail: TestPicture.jpeg).segment
        let bytes = TestPicture.jpeg(segments: exif + TestXMP.segment(TestXMP.attributes))
        let before = try folder.write(bytes, to: "before.jpg")
        let after = try folder.write(
            try MetadataStripper.stripped(bytes, type: .jpeg, rule: .stripGPS), to: "after.jpg")
        let names = ["-n", "-s3", "-Orientation", "-Make", "-UserComment", "-ThumbnailLength", "-XMP-dc:Source"]
        let first = try SystemTool.run("exiftool", names + [before]).output
        #expect(first.split(separator: "\n").count == 5, "\(first)")
        #expect(try SystemTool.run("exiftool", names + [after]).output == first)
        #expect(try SystemTool.run("exiftool", ["-s3", "-GPSLatitude", before]).output != "")
        #expect(try SystemTool.run("exiftool", ["-warning", "-a", after]).output == "")
    }

    @Test(
        .enabled("needs exiftool") { SystemTool.exists("exiftool") },
        arguments: [
            (FileType.jpeg, TestPicture.jpeg), (.png, TestPicture.png()), (.webp, TestPicture.webp),
            (.gif, TestPicture.gif()),
        ])
    func `positions that exiftool wrote are found and go`(type: FileType, bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "picture.\(type.ext)")
        let names = ["-GPSLatitude=52.52", "-GPSLatitudeRef=N", "-XMP-exif:GPSLongitude=13.4", "-XMP-dc:Source=camera"]
        let written = try SystemTool.run("exiftool", ["-q", "-q", "-overwrite_original"] + names + [path])
        #expect(written.status == 0, "\(written.output)")
        let placed = try folder.read("picture.\(type.ext)")
        #expect(MetadataStripper.hasPosition(placed, type: type))
        let stripped = try MetadataStripper.stripped(placed, type: type, rule: .stripGPS)
        try folder.write(stripped, to: "picture.\(type.ext)")
        #expect(try SystemTool.run("exiftool", ["-q", "-q", "-a", "-gps*", "-xmp:gps*", path]).output == "")
        if type != .gif {  // There the packet goes as a whole.
            #expect(try SystemTool.run("exiftool", ["-s3", "-XMP-dc:Source", path]).output == "camera\n")
        }
    }

    @Test(
        .enabled("needs the tools of libvips") { SystemTool.exists("vips") }, arguments: MetadataStripperTests.placed,
        [MetadataRule.stripGPS, .stripAll])
    func `pixels are the same before and after`(
        picture: (name: String, type: FileType, bytes: [UInt8]), rule: MetadataRule
    ) throws {
        let folder = try TemporaryFolder()
        let stripped = try MetadataStripper.stripped(picture.bytes, type: picture.type, rule: rule)
        #expect(stripped != picture.bytes)
        let digests = try [picture.bytes, stripped].enumerated().map { index, bytes in
            let path = try folder.write(bytes, to: "\(index).\(picture.type.ext)")
            let copied = try SystemTool.run("vips", ["rawsave", path, folder.path + "/\(index).raw"])
            #expect(copied.status == 0, "\(copied.output)")
            return try folder.read("\(index).raw")
        }
        #expect(digests[0] == digests[1] && !digests[0].isEmpty)
    }
}
