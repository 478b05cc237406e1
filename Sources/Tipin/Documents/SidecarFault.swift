internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Why the manifest file beside a document cannot be used.
enum SidecarFault: Error {
    /// A symbolic link that leads nowhere.
    case danglingLink
    /// A symbolic link that leads out of all that was named: to this file.
    case linkOutside(String)
    /// In words.
    case unreadable(String)
    /// With the file's bytes.
    case noJSON(JSONError, [UInt8])
    case noObject
    /// With the file's bytes.
    case entry(EntryFault, [UInt8])

    /// - Parameter file: the document's.
    func diagnostic(of file: DocumentFile) -> Diagnostic {
        let place = Place(file: file.label)
        switch self {
        case .danglingLink: return Diagnostic(Self.problem(file, "a symbolic link that leads nowhere"), at: place)
        case .unreadable(let words): return Diagnostic(Self.problem(file, words), at: place)
        case .noObject: return Diagnostic(Self.problem(file, "not a manifest"), at: place)
        case .linkOutside(let target):
            // As any other that cannot be used: without it the document tells less than it should.
            return Diagnostic(Self.notFollowed(target), at: Place(file: file.sidecarLabel), severity: .error)
        case .noJSON(let error, let bytes):
            let finder = Self.finder(file, bytes)
            let offset = min(error.offset, bytes.count)
            let place = finder.place(ofOffset: offset, length: offset < bytes.count ? 1 : 0, pointer: nil)
            return Diagnostic(Self.problem([error.words]), at: place)
        case .entry(let fault, let bytes):
            let place = Self.finder(file, bytes).place(
                ofOffset: fault.value.lowerBound, length: fault.value.count,
                pointer: "/" + CollectedDocument.pointerStep(fault.key))
            return Diagnostic(Self.problem([fault.words]), at: place)
        }
    }

    private static func finder(_ file: DocumentFile, _ bytes: [UInt8]) -> PlaceFinder {
        var manifest = file
        manifest.label = file.sidecarLabel
        manifest.path = DocumentFile.sidecarPath(of: file.path)
        return PlaceFinder(LoadedFile(file: manifest, bytes: bytes, status: nil))
    }

    private static func problem(_ file: DocumentFile, _ words: String) -> Problem {
        problem(["'\(Redaction.printable(DocumentFile.sidecarPath(of: file.path)))': \(words)"])
    }

    private static func problem(_ notes: [String]) -> Problem {
        Problem(
            .sidecarInvalid, "manifest file cannot be used", notes: notes,
            help: ["mend it or move it away; it is not overwritten"])
    }

    private static func notFollowed(_ target: String) -> Problem {
        Problem(
            .linkNotFollowed, "manifest file is a link that was not followed",
            notes: ["it leads to '\(Redaction.printable(target))', outside of what was named"],
            help: [
                "name the folder that it leads to as well, or put the file itself there",
                "where documents are written, --follow-links reads and writes through it",
            ])
    }
}
