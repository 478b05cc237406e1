import Testing
import TipinAssets
import TipinTestPictures
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

    /// Pictures as cameras make them, into which exiftool writes what a telephone does.
    @Test(
        .enabled("needs exiftool and the tools of libvips") { SystemTool.exists("exiftool", "vips") },
        arguments: [("cover.jpg", FileType.jpeg), ("knots.png", .png), ("lighthouse.webp", .webp), ("tide.gif", .gif)],
        [MetadataRule.stripGPS, .stripAll])
    func `a real picture loses its position and keeps its pixels and profile`(
        picture: (name: String, type: FileType), rule: MetadataRule
    ) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try BadPictures.media(picture.name), to: "picture.\(picture.type.ext)")
        var names = ["-XMP-exif:GPSLatitude=52.52", "-XMP-exif:GPSLongitude=13.4", "-XMP-dc:Source=camera"]
        let hasProfile = picture.type == .jpeg || picture.type == .png
        if picture.type != .gif {
            let profile = try folder.write(Self.profile, to: "profile.icc")
            names += ["-GPSLatitude=52.52", "-GPSLatitudeRef=N", "-GPSLongitude=13.4", "-GPSLongitudeRef=E"]
            names += ["-GPSAltitude=34", "-Orientation#=6"]
            if hasProfile { names.append("-icc_profile<=\(profile)") }
        }
        let written = try SystemTool.run("exiftool", ["-q", "-q", "-overwrite_original"] + names + [path])
        #expect(written.status == 0, "\(written.output)")
        let placed = try folder.read("picture.\(picture.type.ext)")
        #expect(MetadataStripper.hasPosition(placed, type: picture.type))
        let stripped = try folder.write(
            try MetadataStripper.stripped(placed, type: picture.type, rule: rule), to: "stripped.\(picture.type.ext)")
        #expect(
            try SystemTool.run("exiftool", ["-q", "-q", "-a", "-u", "-ee", "-gps*", "-xmp:gps*", stripped]).output == ""
        )
        #expect(try SystemTool.run("exiftool", ["-q", "-q", "-error", "-a", stripped]).output == "")
        if picture.type != .gif {
            #expect(try SystemTool.run("exiftool", ["-n", "-s3", "-Orientation", stripped]).output == "6\n")
        }
        if hasProfile {
            let kept = try SystemTool.run("exiftool", ["-s3", "-ICC_Profile:ProfileDescription", stripped]).output
            #expect(kept == "tipin test\n")
        }
        let digests = try [path, stripped].map { path in
            #expect(try SystemTool.run("vips", ["rawsave", path, folder.path + "/pixels.raw"]).status == 0)
            return SHA256Digest(of: try folder.read("pixels.raw"))
        }
        #expect(digests[0] == digests[1])
    }

    /// The smallest profile with a name: a header of 128 bytes, one tag `desc`.
    private static let profile: [UInt8] = {
        let text = Array("tipin test\0".utf8)
        let description =
            Array("desc\0\0\0\0".utf8) + TestPicture.big(text.count, 4) + text
            + [UInt8](repeating: 0, count: 78 + (4 - (90 + text.count) % 4) % 4)
        let tags =
            TestPicture.big(1, 4) + Array("desc".utf8) + TestPicture.big(144, 4)
            + TestPicture.big(description.count, 4)
        let size = TestPicture.big(128 + tags.count + description.count, 4)
        let start = size + [0, 0, 0, 0, 2, 0x10, 0, 0] + Array("mntrRGB XYZ ".utf8) + [UInt8](repeating: 0, count: 12)
        return start + Array("acsp".utf8) + [UInt8](repeating: 0, count: 128 - start.count - 4) + tags + description
    }()

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
        .enabled("needs the tools of libvips") { SystemTool.exists("vips") },
        arguments: MetadataStripperTests.placed.filter { $0.1 != .pdf }, [MetadataRule.stripGPS, .stripAll])
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
