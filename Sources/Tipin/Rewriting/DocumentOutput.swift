internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Writes rewritten files where the person said, the manifest file before its document.
struct DocumentOutput: Sendable {
    let destination: Destination
    let followsLinks: Bool
    let writer: DocumentWriter

    private let failpoint: Failpoint?

    init(_ options: RunOptions, failpoint: Failpoint? = nil) {
        destination = options.destination
        self.failpoint = failpoint
        followsLinks = options.followsLinks
        writer = DocumentWriter(followsLinks: options.followsLinks, failpoint: failpoint)
    }

    enum Outcome: Sendable, Equatable {
        case written
        /// The bytes are right already, or it is a dry run.
        case unchanged
        case failed(Problem)
    }

    /// - Parameter keepsOlder: nothing is written: a document of the file was refused (`publish`).
    func write(_ file: RewrittenFile, keepsOlder: Bool) -> Outcome {
        do {
            switch destination {
            case .nowhere, .plan: return file.isChanged ? .written : .unchanged
            case .inPlace: return keepsOlder ? .unchanged : try writeInPlace(file)
            case .folder(let folder): return keepsOlder ? .unchanged : try write(file, below: folder)
            }
        } catch let failure as DocumentWriter.Failure {
            return .failed(failure.problem)
        } catch {
            return .failed(error.problem)
        }
    }

    /// Clears away what a run that was killed left where this one writes.
    func clearLeftovers(of files: [DocumentFile]) -> [Diagnostic] {
        let paths: [String]
        switch destination {
        case .nowhere, .plan: return []
        case .inPlace: paths = files.map { writer.followsLinks ? Paths.real($0.path) : $0.path }
        case .folder(let folder): paths = files.map { folder + "/" + $0.relativePath }
        }
        var seen: Set<ByteKey> = []
        return paths.map(Paths.parent).filter { seen.insert(ByteKey($0)).inserted }.flatMap { parent in
            guard let folder = try? Folder(opening: parent) else { return [Diagnostic]() }
            let kept = DocumentLeftovers.clear(folder)
            return kept.map { Diagnostic(Self.kept, at: Place(file: $0), severity: .warning) }
        }
    }

    private static let kept = Problem(
        .documentChanged, "version of a document that was saved while a run was killed",
        notes: ["the run had just taken the document's place, and could not put this back"],
        help: ["compare it with the document, keep what is wanted and remove the other"])

    private func writeInPlace(_ file: RewrittenFile) throws -> Outcome {
        guard file.isChanged else { return .unchanged }
        if let sidecar = file.sidecar {
            try writer.replace(sidecar.path, sidecar.original, with: sidecar.bytes)
        }
        guard !file.edits.isEmpty else { return .written }
        do {
            try writer.replace(file.loaded.file.path, file.loaded.bytes, with: file.bytes)
        } catch {
            // A document that was not done has the manifest file that it had.
            if let sidecar = file.sidecar { takeBack(sidecar) }
            throw error
        }
        return .written
    }

    private func takeBack(_ sidecar: RewrittenFile.NewSidecar) {
        if let original = sidecar.original {
            try? writer.replace(sidecar.path, sidecar.bytes, with: original)
        } else {
            try? writer.remove(sidecar.path) { $0 == sidecar.bytes }
        }
    }

    /// Every document, changed or not, with its manifest file.
    private func write(_ file: RewrittenFile, below folder: String) throws -> Outcome {
        let path = folder + "/" + file.loaded.file.relativePath
        try OutputFolders.create(for: path, failpoint)
        var isWritten = false
        if let (name, bytes) = sidecar(of: file) {
            isWritten = try writer.place(bytes, at: Paths.parent(of: path) + "/" + name)
        }
        if try writer.place(file.bytes, at: path) { isWritten = true }
        return isWritten ? .written : .unchanged
    }

    func sidecar(of file: RewrittenFile) -> (name: String, bytes: [UInt8])? {
        if let sidecar = file.sidecar { return (Paths.name(of: sidecar.path), sidecar.bytes) }
        guard let sidecar = file.loaded.documents.first?.sidecar, let bytes = sidecar.bytes else { return nil }
        return (Paths.name(of: sidecar.path), bytes)
    }
}
