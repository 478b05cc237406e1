/// The moment in which a new document gets its name, where none may stand.
struct DocumentCreation: StagedChange {
    let folder: Folder
    let name: String
    /// The sibling that holds the new bytes, durable.
    let temporary: String
    let new: StandingBytes

    func perform() throws(FileError) -> StepOutcome {
        do throws(FileError) {
            try folder.rename(temporary, toNew: name)
            return .done
        } catch {
            discard()
            if error.alreadyExists { return .changed }
            throw error
        }
    }

    /// What somebody made of the new file meanwhile does not go.
    func takeBack() throws(FileError) -> StepOutcome {
        let removal = DocumentRemoval(folder: folder, name: name, bytes: new)
        let outcome = try removal.perform()
        if outcome == .done { removal.finish() }
        return outcome
    }

    func finish() {}

    func keep() -> String? { nil }

    func discard() { try? folder.removeFile(temporary) }
}
