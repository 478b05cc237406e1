internal import TipinDiagnostics

/// Compares what a name promises with what the bytes are.
enum NameCheck {
    /// Extensions that promise a picture that tipin knows.
    private static let promises: [String: FileType] = [
        "jpg": .jpeg, "jpeg": .jpeg, "jpe": .jpeg, "jfif": .jpeg, "png": .png, "apng": .png, "webp": .webp, "gif": .gif,
        "pdf": .pdf, "svg": .svg,
    ]
    /// Extensions that promise another picture.
    private static let others: Set = ["bmp", "tif", "tiff", "avif", "heic", "heif", "ico", "jxl"]

    /// A warning where whoever gave the bytes called them a picture of another type.
    /// - Parameter mime: as a `data:` URL or a host says it, with parameters or without.
    static func mismatch(mime: String, _ type: FileType) -> Problem? {
        let essence = mime.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        let claimed = essence == "image/jpg" ? "image/jpeg" : essence
        guard claimed.hasPrefix("image/") || claimed == FileType.pdf.mime, claimed != type.mime else { return nil }
        return Problem(
            .typeMismatch,
            "image called '\(Redaction.printable(String(claimed.prefix(40))))' is \(type.rawValue.uppercased())",
            notes: ["it is stored as 'original.\(type.ext)'"])
    }

    /// A warning where the name's extension is a picture's and not that of the bytes.
    static func mismatch(_ name: String, _ type: FileType) -> Problem? {
        let leaf = name.split(separator: "/").last ?? ""
        guard let dot = leaf.lastIndex(of: ".") else { return nil }
        let ext = leaf[leaf.index(after: dot)...].lowercased()
        guard promises[ext].map({ $0 != type }) ?? others.contains(ext) else { return nil }
        return Problem(
            .typeMismatch, "image named '.\(ext)' is \(type.rawValue.uppercased())",
            notes: ["'\(Redaction.printable(String(leaf.suffix(80))))' is stored as 'original.\(type.ext)'"])
    }
}
