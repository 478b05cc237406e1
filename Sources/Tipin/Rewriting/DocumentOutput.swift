internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Writes rewritten files where the person said, the manifest file before its document.
struct DocumentOutput: Sendable {
    let destination: Destination
    let followsLinks: Bool
    let writer: DocumentWriter
    private let root: String?

    private let failpoint: Failpoint?

    init(_ options: RunOptions, failpoint: Failpoint? = nil) {
        destination = options.destination
        self.failpoint = failpoint
        followsLinks = options.followsLinks
        root = options.linklessFolder
        writer = DocumentWriter(followsLinks: options.followsLinks, below: root, failpoint: failpoint)
    }

    enum Outcome: Sendable, Equatable {
        case written
        /// The bytes are right already, or it is a dry run.
        case unchanged
        /// A document of the file was refused: what an earlier run wrote stays whole, and nothing is written elsewhere.
        /// Of a file of lines with why no single one could stay.
        case keptOlder(DocumentPipeline.Refusal, StandingLines.Unknown?)
        case failed(WriteFailure)
    }

    /// Documents whose waits for the disk overlap: a file system makes durable together what comes together.
    private static let waiterCount = 16

    /// A file with what is recorded of it.
    typealias Change = (file: RewrittenFile, change: RecordedChange)

    /// Writes files together, the outcomes in their order.
    /// - Parameter jobs: threads that work at a time.
    func write(_ files: [Change], jobs: Int) async -> [Outcome] {
        let staged = await byFolder(files).concurrentMap(limit: jobs) { part in
            await BlockingThread.run { stage(part) }
        }.flatMap(\.self)
        let groups = staged.compactMap(\.steps)
        _ = await groups.split(into: Self.waiterCount).concurrentMap(limit: Self.waiterCount) { part in
            await BlockingThread.run { for steps in part { steps.makeDurable() } }
        }
        await BlockingThread.run { writer.commit(groups) }
        return staged.map(\.outcome)
    }

    /// Neighbours in one folder stay together: two threads that make files in it would stand in each other's way.
    private func byFolder(_ files: [Change]) -> [[Change]] {
        var parts: [[Change]] = []
        var last: [UInt8]?
        for file in files {
            let folder = Array(Paths.parent(of: file.file.loaded.file.path).utf8)
            if folder == last { parts[parts.count - 1].append(file) } else { parts.append([file]) }
            last = folder
        }
        return parts
    }

    /// What is to become of a file.
    private enum Staged: Sendable {
        case steps(StagedSteps)
        case failed(WriteFailure)

        var steps: StagedSteps? { if case .steps(let steps) = self { steps } else { nil } }

        var outcome: Outcome {
            switch self {
            case .failed(let failure): .failed(failure)
            case .steps(let steps):
                if let failure = steps.failure {
                    .failed(WriteFailure(failure))
                } else {
                    steps.count > 0 ? .written : .unchanged
                }
            }
        }
    }

    private func stage(_ files: [Change]) -> [Staged] {
        var folders = OpenFolders(failpoint: failpoint)
        return files.map { file in
            do throws(DocumentWriter.Failure) {
                return .steps(writer.stage(try steps(of: file), in: &folders))
            } catch {
                return .failed(WriteFailure(error))
            }
        }
    }

    private func steps(of file: Change) throws(DocumentWriter.Failure) -> [DocumentStep] {
        switch destination {
        case .nowhere, .plan: []
        case .inPlace: stepsInPlace(file.file)
        case .folder: try steps(file.change, to: file.file.bytes)
        }
    }

    /// Clears away what a run that was killed left where this one writes.
    func clearLeftovers(of files: [DocumentFile]) -> [Diagnostic] {
        switch destination {
        case .nowhere, .plan: return []
        case .inPlace, .folder:
            var leftovers = Leftovers(followsLinks: followsLinks)
            return leftovers.clear(beside: files.map(destination.path(of:)))
        }
    }

    private func stepsInPlace(_ file: RewrittenFile) -> [DocumentStep] {
        guard file.isChanged else { return [] }
        var steps: [DocumentStep] = []
        if let sidecar = file.sidecar {
            steps.append(DocumentStep(sidecar.path, from: sidecar.original, to: sidecar.bytes))
        }
        if !file.edits.isEmpty {
            steps.append(DocumentStep(file.loaded.file.path, from: file.loaded.bytes, to: file.bytes))
        }
        return steps
    }

    /// Over what the journal keeps and nothing else.
    private func steps(_ change: RecordedChange, to bytes: [UInt8]) throws(DocumentWriter.Failure) -> [DocumentStep] {
        try OutputFolders.create(for: change.path, below: root, failpoint)
        let document = DocumentStep(change.path, from: change.before.map { _ in change.keptBytes }, to: bytes)
        guard let sidecar = change.sidecar else { return [document] }
        return [DocumentStep(sidecar.path, from: sidecar.before?.bytes, to: sidecar.after?.bytes), document]
    }
}
