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
        switch destination {
        case .nowhere, .plan: return []
        case .inPlace:
            var leftovers = Leftovers(followsLinks: followsLinks)
            return leftovers.clear(beside: files.map(\.path))
        case .folder(let folder):
            var leftovers = Leftovers(followsLinks: followsLinks)
            return leftovers.clear(beside: files.map { folder + "/" + $0.relativePath })
        }
    }

    private func writeInPlace(_ file: RewrittenFile) throws -> Outcome {
        guard file.isChanged else { return .unchanged }
        var steps: [DocumentStep] = []
        if let sidecar = file.sidecar {
            steps.append(DocumentStep(sidecar.path, from: sidecar.original, to: sidecar.bytes))
        }
        if !file.edits.isEmpty {
            steps.append(DocumentStep(file.loaded.file.path, from: file.loaded.bytes, to: file.bytes))
        }
        try writer.carryOut(steps)
        return .written
    }

    /// Every document, changed or not, with its manifest file.
    private func write(_ file: RewrittenFile, below folder: String) throws -> Outcome {
        let path = folder + "/" + file.loaded.file.relativePath
        try OutputFolders.create(for: path, failpoint)
        var steps: [DocumentStep] = []
        if let (name, bytes) = sidecar(of: file) {
            steps.append(try writer.placing(bytes, at: Paths.parent(of: path) + "/" + name))
        }
        steps.append(try writer.placing(file.bytes, at: path))
        try writer.carryOut(steps)
        return steps.contains(where: \.isChange) ? .written : .unchanged
    }

    func sidecar(of file: RewrittenFile) -> (name: String, bytes: [UInt8])? {
        if let sidecar = file.sidecar { return (Paths.name(of: sidecar.path), sidecar.bytes) }
        guard let sidecar = file.loaded.documents.first?.sidecar, let bytes = sidecar.bytes else { return nil }
        return (Paths.name(of: sidecar.path), bytes)
    }
}
