/// The moment in which a file goes that must hold certain bytes, and its return where it turns out to be somebody
/// else's.
struct DocumentRemoval {
    let folder: Folder
    let name: String
    /// Whether it must have gone for good; else a power cut may bring the file back.
    let isDurable: Bool

    /// - Parameter isExpected: is asked with the file that is about to go.
    func run(if isExpected: (borrowing OpenFile) -> Bool) throws(FileError) -> SwapOutcome {
        guard holds(name, isExpected), let hash = try? folder.openFile(name).byteHash() else { return .changed }
        // Named like the sibling of a swap: what a killed process leaves is told apart by these bytes later.
        var temporary = TemporaryDocument(of: name, new: hash, original: hash)
        temporary.isComplete = true
        let outcome = try folder.whileLocked { () throws(FileError) in try takeAway(temporary, isExpected) }
        guard outcome == .done else { return outcome }
        do throws(FileError) {
            if isDurable { try folder.syncFolder() }
        } catch {
            // Where a new file has the name by now, the old one is not missed.
            if (try? folder.rename(temporary.name, toNew: name)) == nil { try? folder.removeFile(temporary.name) }
            throw error
        }
        try? folder.removeFile(temporary.name)
        return .done
    }

    /// Looks once more under a name that nobody else has, so that what is looked at is what goes.
    private func takeAway(
        _ temporary: TemporaryDocument, _ isExpected: (borrowing OpenFile) -> Bool
    ) throws(FileError) -> SwapOutcome {
        do throws(FileError) {
            try folder.rename(name, toNew: temporary.name)
        } catch {
            if error.isMissing { return .changed }
            throw error
        }
        if holds(temporary.name, isExpected) { return .done }
        do throws(FileError) {
            try folder.rename(temporary.name, toNew: name)
            return .changed
        } catch {
            try folder.rename(temporary.name, toNew: temporary.keptName)
            return .changedTwice(kept: temporary.keptName)
        }
    }

    private func holds(_ name: String, _ isExpected: (borrowing OpenFile) -> Bool) -> Bool {
        guard let file = try? folder.openFile(name) else { return false }
        return isExpected(file)
    }
}
