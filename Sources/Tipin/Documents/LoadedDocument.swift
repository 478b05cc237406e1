internal import TipinAssets
package import TipinDocument

/// A document and where in its file it begins.
package struct LoadedDocument: Sendable {
    package var collected: CollectedDocument
    /// Of its first byte in the file.
    package var offset: Int
    /// 1-based, in NDJSON.
    package var line: Int?
    /// The book that owns it; `nil` where none was found.
    package var bookID: String?
    /// The manifest file beside it, for documents without a place for a manifest.
    package var sidecar: Sidecar?

    /// What names the document in the catalog: its own id, else its place.
    package func catalogID(_ file: DocumentFile, _ settings: Settings) -> String {
        if let id = collected.id { return id }
        // A line of a pipe has no lasting place: the next pipe's first line is another document.
        if file.isStream { return "-:\(SHA256Digest(of: collected.bytes))" }
        let path = file.catalogPath(settings)
        return line.map { "\(path):\($0)" } ?? path
    }
}
