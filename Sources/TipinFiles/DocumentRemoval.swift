/// The moment in which a file goes that must hold certain bytes, and its return where it turns out to be somebody
/// else's.
struct DocumentRemoval {
    enum Outcome: Equatable {
        case done
        /// It is gone, or holds other bytes: those stand where they stood.
        case changed
        /// Somebody changed the file, and once more while the first change was put back: the later bytes stand in its
        /// place, the earlier ones under this name beside it.
        case changedTwice(kept: String)
    }

    let folder: Folder
    let name: String
    /// Whether it must have gone for good; else a power cut may bring the file back.
    let isDurable: Bool

    /// - Parameter isExpected: is asked with the bytes that are about to go.
    func run(if isExpected: ([UInt8]) -> Bool) throws(FileError) -> Outcome {
        guard let bytes = bytes(of: name), isExpected(bytes) else { return .changed }
        // Named like the sibling of a swap: what a killed process leaves is told apart by these bytes later.
        var temporary = TemporaryDocument(of: name, new: bytes, original: bytes)
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
        _ temporary: TemporaryDocument, _ isExpected: ([UInt8]) -> Bool
    ) throws(FileError) -> Outcome {
        do throws(FileError) {
            try folder.rename(name, toNew: temporary.name)
        } catch {
            if error.isMissing { return .changed }
            throw error
        }
        if let bytes = bytes(of: temporary.name), isExpected(bytes) { return .done }
        do throws(FileError) {
            try folder.rename(temporary.name, toNew: name)
            return .changed
        } catch {
            try folder.rename(temporary.name, toNew: temporary.keptName)
            return .changedTwice(kept: temporary.keptName)
        }
    }

    private func bytes(of name: String) -> [UInt8]? { try? folder.openFile(name).readAll(limit: .max - 1) }
}
