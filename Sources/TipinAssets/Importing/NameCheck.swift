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
