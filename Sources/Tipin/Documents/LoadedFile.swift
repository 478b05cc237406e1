internal import TipinAssets
package import TipinDiagnostics
package import TipinDocument
package import TipinFiles

/// A file that was read, with the documents in it.
package struct LoadedFile: Sendable {
    package var file: DocumentFile
    package var bytes: [UInt8]
    package var status: FileStatus?
    /// One, or in NDJSON one for each line that holds one.
    package var documents: [LoadedDocument] = []
    /// What could not be read.
    package var diagnostics: [Diagnostic] = []
    /// JSON, but none of the kinds that tipin knows.
    package var isForeign = false
    /// Lines before the first, where it is a piece of a stream.
    package var lineBase = 0
    /// Bytes before the first, where it is a piece of a stream.
    package var offsetBase = 0
    /// In NDJSON: where lines stand that are no documents.
    package var badLines: [Range<Int>] = []
}

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

/// The manifest of a document that has no place for one, in a file beside it.
package struct Sidecar: Sendable {
    /// Absolute.
    package var path: String
    /// `nil` where there is no such file yet.
    package var bytes: [UInt8]?
    package var entries: [Manifest.Entry]
}
