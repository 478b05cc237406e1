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
    /// The manifest file beside it.
    package var manifestFile = ManifestFile.unneeded

    package enum ManifestFile: Sendable {
        /// The document has a place of its own for a manifest, which tells all that it names, or it is a line.
        case unneeded
        case readable(Sidecar)
        /// Why was said when the document was read. Nobody knows what it tells.
        case unusable
    }

    /// The manifest file beside it, where one is needed.
    package var sidecar: Sidecar? { if case .readable(let sidecar) = manifestFile { sidecar } else { nil } }

    var lacksManifestFile: Bool { if case .unusable = manifestFile { true } else { false } }

    /// What names the document in the catalog: its own id, else its place.
    package func catalogID(_ file: DocumentFile, _ settings: Settings) -> String {
        if let id = collected.id { return id }
        // A line of a pipe has no lasting place: the next pipe's first line is another document.
        if file.isStream { return "-:\(SHA256Digest(of: collected.bytes))" }
        let path = file.catalogPath(settings)
        return line.map { "\(path):\($0)" } ?? path
    }
}
