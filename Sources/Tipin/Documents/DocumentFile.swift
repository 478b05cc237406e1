internal import TipinDocument

/// A file that holds one document, or in NDJSON one a line.
package struct DocumentFile: Sendable, Hashable {
    /// As the user would name it: for messages.
    package var label: String
    /// Absolute.
    package var path: String
    /// Below the PATH it was found in, or its name where it was PATH itself.
    package var relativePath: String
    /// The PATH it was found in as an absolute folder: a root for local files.
    package var root: String
    /// Whether it was named itself, not found in a folder.
    package var isNamed: Bool
    /// Whether runs pass over it, because it or a folder on the way to it is hidden or excluded.
    package var isPassedOver = false
    /// The folders that the manifest file beside it may lie in where that is a symbolic link, without links; `nil` for
    /// any folder.
    package var manifestFolders: [String]?

    /// Lines that come through a pipe. Addresses in them are relative to the working folder.
    package static func standardInput(workingFolder: String) -> DocumentFile {
        DocumentFile(
            label: "-", path: workingFolder + "/-", relativePath: "-", root: workingFolder, isNamed: true)
    }

    /// Where the document's manifest stands if it has no place for one; `nil` where lines could never share one.
    var sidecarPath: String? { isLines ? nil : Self.sidecarPath(of: path) }

    /// The file beside it, as the user would name it.
    var sidecarLabel: String { Self.sidecarPath(of: label) }

    static func sidecarPath(of path: String) -> String {
        (path.hasSuffix(".json") ? String(path.dropLast(".json".count)) : path) + Manifest.fileSuffix
    }

    /// What names the file in the catalog: its path below the configuration's folder where the data folder lies there
    /// too, so that both can be moved together; else the absolute one. Names alone are the same in many folders.
    func catalogPath(_ settings: Settings) -> String {
        let real = Paths.real(path)
        guard let folder = settings.folder.map(Paths.real), let dataFolder = settings.dataFolder,
            Paths.isEqualOrBelow(Paths.real(dataFolder), folder)
        else { return real }
        return Paths.relative(real, to: folder) ?? real
    }

    package var isStream: Bool { label == "-" }

    package var isLines: Bool { isStream || path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") }
}
