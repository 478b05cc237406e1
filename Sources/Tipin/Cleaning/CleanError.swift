package import TipinDiagnostics

/// Why nothing may be cleaned up.
package enum CleanError: Error, Sendable {
    /// Documents that could not be read; what they name is not known.
    case documentsUnread([Diagnostic])
    /// Where there are none: in the lines of a stream, or below the paths.
    case noDocuments(isStream: Bool)
    case noDocumentsOfBook(String)
    /// Documents of the book, in words, that made links and are there, but were not among those named.
    case setIncomplete(String, [String])
    /// A document was saved between being read and now: its path.
    case documentChanged(String)
}
