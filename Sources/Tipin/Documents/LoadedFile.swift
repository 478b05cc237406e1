package import TipinDiagnostics
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

extension LoadedFile {
    /// Whether runs pass over the file, or line, and it is no JSON: another program's that only has such a name. Where
    /// it may name something its bytes say so all the same.
    var isOthers: Bool {
        file.isPassedOver && diagnostics.contains { [.notJSON, .invalidUTF8, .documentEmpty].contains($0.code) }
    }

    /// What could not be read of what may be a document.
    var faults: [Diagnostic] { isOthers ? [] : diagnostics }

    /// Takes lines for another program's that are JSON and no documents. Those that are no JSON may be damaged
    /// documents.
    /// - Returns: whether there are any.
    mutating func passOverOtherLines() -> Bool {
        let count = diagnostics.count
        diagnostics.removeAll { $0.code == .notADocument }
        return diagnostics.count < count
    }
}
