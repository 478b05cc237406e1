extension FileType {
    /// The kind of file that the bytes begin like; `nil` where it is none that tipin keeps.
    package static func sniff(_ bytes: [UInt8]) -> FileType? {
        let view = ByteView(bytes: Array(bytes.prefix(searched)))
        if view[0] == 0xFF, view[1] == 0xD8, view[2] == 0xFF { return .jpeg }
        if view[0] == 0x89, view.has("PNG\u{0D}\u{0A}\u{1A}\u{0A}", at: 1) { return .png }
        if view.has("RIFF", at: 0), view.has("WEBP", at: 8) { return .webp }
        if view.has("GIF87a", at: 0) || view.has("GIF89a", at: 0) { return .gif }
        if view.has("%PDF-", at: 0) { return .pdf }
        return MarkupStart(view.bytes).firstElement == "svg" ? .svg : nil
    }

    /// What the bytes look like, in words for a message: "it begins like an HTML page".
    package static func describe(_ bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "it is empty" }
        if let type = sniff(bytes) { return "it begins like \(type.article) \(type.rawValue.uppercased()) file" }
        let view = ByteView(bytes: Array(bytes.prefix(searched)))
        if let words = knownStart(view) { return words }
        let start = bytes.prefix(4).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }
        return "it begins with \(start.count == 1 ? "byte" : "bytes") \(start.joined(separator: " "))"
    }

    /// Bytes in which the first element of an SVG file must stand.
    private static let searched = 4096

    private var article: String { self == .svg ? "an" : "a" }

    private static func knownStart(_ view: ByteView) -> String? {
        let markup = MarkupStart(view.bytes)
        if let element = markup.firstElement {
            return markup.isHTML ? "it begins like an HTML page" : "it begins like an XML file with <\(element)>"
        }
        if markup.isHTML { return "it begins like an HTML page" }
        if view.has("ftyp", at: 4) {
            if view.has("avif", at: 8) || view.has("avis", at: 8) { return "it begins like an AVIF file" }
            if view.has("hei", at: 8) || view.has("mif1", at: 8) { return "it begins like a HEIC file" }
            return "it begins like an MP4 file"
        }
        let starts: [(StaticString, String)] = [
            ("BM", "a BMP file"), ("II*\u{0}", "a TIFF file"), ("MM\u{0}*", "a TIFF file"),
            ("PK\u{3}\u{4}", "a ZIP file"),
            ("8BPS", "a Photoshop file"), ("{", "a JSON file"), ("RIFF", "a RIFF file"),
            ("\u{0}\u{0}\u{1}\u{0}", "an icon file"), ("version https://git-lfs", "a Git LFS pointer"),
        ]
        if let (_, words) = starts.first(where: { view.has($0.0, at: 0) }) { return "it begins like \(words)" }
        if view[0] == 0x1F, view[1] == 0x8B { return "it begins like a gzip file" }
        if view[0] == 0xFF, view[1] == 0x0A { return "it begins like a JPEG XL file" }
        return nil
    }
}
