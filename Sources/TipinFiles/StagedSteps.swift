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
        /// As the caller named it.
        let path: String
        let folder: Folder
        let name: String
        /// What stands there; `nil` for nothing.
        let original: StandingBytes?
        /// Tells the new bytes where they have to be known again; by their hash where `nil`.
        var new: StandingBytes?
        var state: State
    }

    private let writer: DocumentWriter
    private let steps: [DocumentStep]
    /// How many files change.
    package let count: Int
    private var parts: [Part] = []

    init(_ steps: [DocumentStep], _ writer: DocumentWriter, in folders: inout OpenFolders) {
        self.steps = steps.filter(\.isChange)
        count = self.steps.count
        self.writer = writer
        stage(in: &folders)
    }

    /// One file, whose new bytes are staged already. It cannot be staged again, so nothing else is committed with it.
    init(
        _ newBytes: NewBytes, for path: String, from original: StandingBytes?, to new: StandingBytes?,
        _ writer: DocumentWriter
    ) {
        steps = []
        count = 1
        self.writer = writer
        parts = [
            Part(
                path: path, folder: newBytes.folder, name: newBytes.name, original: original, new: new,
                state: .staged(newBytes))
        ]
    }

    /// One file that goes.
    init(
        removing path: String, _ original: StandingBytes, _ writer: DocumentWriter, in folders: inout OpenFolders
    ) {
        steps = []
        count = 1
        self.writer = writer
        do throws(FileError) {
            let (folder, name) = try writer.place(of: path, in: &folders)
            guard let status = try folder.status(of: name) else { throw FileError(.open, path, ESTALE) }
            try writer.checkLinks(status, path)
            parts = [
                Part(path: path, folder: folder, name: name, original: original, new: nil, state: .staged(nil))
            ]
        } catch {
            fail(error)
        }
    }

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
            if let failure = outcome.failure(of: parts[index].path, in: change.folder) { fail(failure) }
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
        // A stream's bytes are not here to be staged again.
        lacksRoom =
            !steps.isEmpty && !isPerformed && (error.isOutOfSpace || [EMFILE, ENFILE].contains(error.number))
    }

    private func fail(_ reason: DocumentWriter.Failure) {
        failure = reason
        for part in parts.reversed() {
            switch part.state {
            case .staged(let newBytes): newBytes?.discard()
            case .ready(let change): change.discard()
            case .performed(let change): failure = change.takenBack(because: failure ?? reason, part.path)
            case .over: break
            }
        }
        parts = []
    }

    // MARK: Parts

    private func part(_ step: DocumentStep, in folders: inout OpenFolders) throws(FileError) -> Part {
        let (folder, name) = try writer.place(of: step.path, in: &folders)
        let status = try folder.status(of: name)
        // A link that took the place of a file says more than that it is another.
        if let status { try writer.checkLinks(status, step.path) }
        guard (status == nil) == (step.before == nil) else { throw FileError(.open, step.path, ESTALE) }
        var part = Part(
            path: step.path, folder: folder, name: name, original: step.before.map { StandingBytes($0) }, new: nil,
            state: .staged(nil))
        if let after = step.after {
            let newBytes =
                step.before == nil
                ? try NewBytes(for: name, in: folder, over: nil, attributes: step.attributes)
                : try NewBytes(for: name, in: folder, over: status)
            part.state = .staged(newBytes)
            try newBytes.append(after)
            part.new = StandingBytes(after, hash: newBytes.hash.value)
        }
        return part
    }

    private func change(_ part: Part) throws(FileError) -> any StagedChange {
        guard case .staged(let newBytes?) = part.state else {
            return DocumentRemoval(folder: part.folder, name: part.name, bytes: part.original ?? StandingBytes([]))
        }
        return try newBytes.change(from: part.original, to: part.new)
    }
}
