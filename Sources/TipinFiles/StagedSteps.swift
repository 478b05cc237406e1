internal import Glibc

/// Changes of files that belong together, a document and its manifest file, on their way: first staged, then made
/// durable, then committed with those of other documents.
// Safe because one phase follows another, and in each of them one thread at a time has the steps.
package final class StagedSteps: @unchecked Sendable {
    /// Why they were not carried out; then each of the files is as it was, or as somebody else made it.
    package private(set) var failure: DocumentWriter.Failure?
    /// Whether there was no room, on the disk or for one more open file, beside all others that were on their way.
    private(set) var lacksRoom = false

    private enum State {
        /// `nil` where the file is to go.
        case staged(NewBytes?)
        case ready(any StagedChange)
        case performed(any StagedChange)
        /// Nothing of ours is left.
        case over
    }

    private struct Part {
        let step: DocumentStep
        let folder: Folder
        let name: String
        var state: State
    }

    private let writer: DocumentWriter
    private let steps: [DocumentStep]
    private var parts: [Part] = []

    init(_ steps: [DocumentStep], _ writer: DocumentWriter, in folders: inout OpenFolders) {
        self.steps = steps.filter(\.isChange)
        self.writer = writer
        stage(in: &folders)
    }

    /// How many files change.
    package var count: Int { steps.count }

    private func stage(in folders: inout OpenFolders) {
        do throws(FileError) {
            for step in steps { parts.append(try part(step, in: &folders)) }
        } catch {
            fail(error)
        }
    }

    /// Stages them once more, when others no longer take the room.
    func stageAgain() {
        (failure, lacksRoom) = (nil, false)
        var folders = writer.openFolders
        stage(in: &folders)
    }

    /// Waits until the new bytes are on the disk.
    package func makeDurable() {
        guard failure == nil else { return }
        do throws(FileError) {
            for index in parts.indices {
                let part = parts[index]
                parts[index].state = .over
                parts[index].state = .ready(try change(part))
            }
        } catch {
            fail(error)
        }
    }

    /// Where a step changes something; `nil` where there is no such step any more.
    func folder(ofStep index: Int) -> Folder? { index < parts.count ? parts[index].folder : nil }

    func perform(step index: Int) {
        guard index < parts.count, case .ready(let change) = parts[index].state else { return }
        parts[index].state = .over
        do throws(FileError) {
            let outcome = try change.perform()
            parts[index].state = outcome == .done ? .performed(change) : .over
            if let failure = outcome.failure(of: parts[index].step.path, in: change.folder) { fail(failure) }
        } catch {
            fail(error)
        }
    }

    /// Whether somebody else kept a folder locked for too long.
    var isLockedOut: Bool {
        guard case .file(let error)? = failure else { return false }
        return error.isHeldElsewhere
    }

    func finish() {
        for part in parts { if case .performed(let change) = part.state { change.finish() } }
    }

    /// Takes back what was done.
    func fail(_ error: FileError) {
        let isPerformed = parts.contains { if case .performed = $0.state { true } else { false } }
        fail(error.asFailure)
        lacksRoom = (error.isOutOfSpace || [EMFILE, ENFILE].contains(error.number)) && !isPerformed
    }

    private func fail(_ reason: DocumentWriter.Failure) {
        failure = reason
        for part in parts.reversed() {
            switch part.state {
            case .staged(let newBytes): newBytes?.discard()
            case .ready(let change): change.discard()
            case .performed(let change): failure = change.takenBack(because: failure ?? reason, part.step.path)
            case .over: break
            }
        }
        parts = []
    }

    // MARK: Parts

    private func part(_ step: DocumentStep, in folders: inout OpenFolders) throws(FileError) -> Part {
        let (folder, name) = try writer.place(of: step.path, in: &folders)
        let status = try folder.status(of: name)
        guard (status == nil) == (step.before == nil) else { throw FileError(.open, step.path, ESTALE) }
        if let status { try writer.checkLinks(status, step.path) }
        var newBytes: NewBytes?
        if let after = step.after {
            newBytes = try NewBytes(for: name, in: folder, over: step.before == nil ? nil : status)
            try newBytes?.append(after)
        }
        return Part(step: step, folder: folder, name: name, state: .staged(newBytes))
    }

    private func change(_ part: Part) throws(FileError) -> any StagedChange {
        let original = part.step.before.map { StandingBytes($0) }
        guard case .staged(let newBytes?) = part.state else {
            return DocumentRemoval(folder: part.folder, name: part.name, bytes: original ?? StandingBytes([]))
        }
        let hash = newBytes.hash.value
        return try newBytes.change(from: original, to: part.step.after.map { StandingBytes($0, hash: hash) })
    }
}
