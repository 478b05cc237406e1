import Testing
import TipinAssets
import TipinTestPictures

struct FileTypeTests {
    @Test(arguments: [
        ([UInt8](TestPicture.jpeg), FileType?.some(.jpeg)),
        (TestPicture.png(), .png),
        (TestPicture.webp, .webp),
        (TestPicture.gif(), .gif),
        (Array("%PDF-1.7\n".utf8), .pdf),
        (Array("<svg xmlns='x'/>".utf8), .svg),
        (
            Array("\u{FEFF}<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE svg [<!ENTITY a '>'>]>\n<svg:svg>".utf8),
            .svg
        ),
        (Array("<html><svg/></html>".utf8), nil),
        (Array("<!-- <svg> -->".utf8), nil),
        (Array((String(repeating: " ", count: 5000) + "<svg/>").utf8), nil),
        (Array("RIFF\0\0\0\0WAVE".utf8), nil),
        ([0xFF, 0xD8], nil),
        ([], nil),
    ]) func `the kind is told by the first bytes`(bytes: [UInt8], expected: FileType?) {
        #expect(FileType.sniff(bytes) == expected)
    }

    @Test(arguments: [
        ("", "it is empty"),
        ("<!DOCTYPE html><title>404</title>", "it begins like an HTML page"),
        ("\n<HTML>", "it begins like an HTML page"),
        ("<?xml version='1.0'?><rss>", "it begins like an XML file with <rss>"),
        ("{\"error\":1}", "it begins like a JSON file"),
        ("PK\u{3}\u{4}", "it begins like a ZIP file"),
        ("\u{0}\u{0}\u{0}\u{18}ftypavif", "it begins like an AVIF file"),
        ("\u{A}\u{B}\u{C}\u{D}\u{E}", "it begins with bytes 0A 0B 0C 0D"),
        ("x", "it begins with byte 78"),
        ("GIF89a", "it begins like a GIF file"),
    ]) func `other bytes are described`(text: String, words: String) {
        #expect(FileType.describe(Array(text.utf8)) == words)
    }
}
