/// The moment in which a file goes that must hold certain bytes, and its return where it turns out to be somebody
/// else's.
struct DocumentRemoval: StagedChange {
    let folder: Folder
    let name: String
    /// What is to go.
    let bytes: StandingBytes
    /// Named like the sibling of a swap: what a killed process leaves is told apart by these bytes later.
    private let temporary: TemporaryDocument

    init(folder: Folder, name: String, bytes: StandingBytes) {
        self.folder = folder
        self.name = name
        self.bytes = bytes
        var temporary = TemporaryDocument(of: name, new: bytes.hash, original: bytes.hash)
        temporary.isComplete = true
        self.temporary = temporary
    }

    func perform() throws(FileError) -> StepOutcome {
        guard bytes.stand(at: name, in: folder) else { return .changed }
        return try folder.whileLocked { () throws(FileError) in try takeAway() }
    }

    func takeBack() throws(FileError) -> StepOutcome {
        do throws(FileError) {
            try folder.rename(temporary.name, toNew: name)
        } catch {
            // Where a new file has the name by now, the old one is not missed.
            guard error.alreadyExists else { throw error }
            finish()
        }
        return .changed
    }

    func finish() { try? folder.removeFile(temporary.name) }

    func keep() -> String? { temporary.keep(in: folder) }

    func discard() {}

    /// Looks once more under a name that nobody else has, so that what is looked at is what goes.
    private func takeAway() throws(FileError) -> StepOutcome {
        do throws(FileError) {
            try folder.rename(name, toNew: temporary.name)
        } catch {
            if error.isMissing { return .changed }
            throw error
        }
        if bytes.stand(at: temporary.name, in: folder) { return .done }
        do throws(FileError) {
            try folder.rename(temporary.name, toNew: name)
            return .changed
        } catch {
            try folder.rename(temporary.name, toNew: temporary.keptName)
            return .changedTwice(kept: temporary.keptName)
        }
    }
}
