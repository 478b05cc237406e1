internal import Glibc

/// The moment in which a document's new bytes take the place of the old ones, and its undoing where the old ones turn
/// out to be somebody else's (RELIABILITY "Document swap").
struct DocumentSwap {
    let folder: Folder
    let name: String
    /// The sibling that holds the new bytes, durable; gone when the swap is over, whatever its outcome.
    let temporary: String
    /// What stood there when the document was read.
    let original: StandingBytes
    let new: StandingBytes

    func run() throws(FileError) -> SwapOutcome {
        // Three of us at once could otherwise put back each other's bytes.
        let outcome = try folder.whileLocked { () throws(FileError) in try exchange() }
        guard outcome == .done else { return outcome }
        do throws(FileError) {
            // The new name must be durable before the old bytes go.
            try folder.syncFolder()
        } catch {
            // What is told as a failure must not be half of a success.
            try folder.whileLocked { () throws(FileError) in try putBack() }
            throw error
        }
        // The document is written; a hidden leftover is no reason to say otherwise.
        try? folder.removeFile(temporary)
        return .done
    }

    private func exchange() throws(FileError) -> SwapOutcome {
        do throws(FileError) {
            try folder.exchange(temporary, name)
        } catch {
            if error.number == EINVAL || error.number == ENOSYS { return try rename() }
            try? folder.removeFile(temporary)
            throw error
        }
        return original.stand(at: temporary, in: folder) ? .done : try putBack()
    }

    /// Gives the displaced bytes their name again, and looks once more at what that displaces.
    private func putBack() throws(FileError) -> SwapOutcome {
        try folder.exchange(temporary, name)
        if new.stand(at: temporary, in: folder) {
            try folder.removeFile(temporary)
            return .changed
        }
        // An editor saved over our bytes meanwhile: the latest word stands, and the one before it is not lost.
        try folder.exchange(temporary, name)
        guard let kept = TemporaryDocument(temporary)?.keptName else { return .changed }
        try folder.rename(temporary, toNew: kept)
        return .changedTwice(kept: kept)
    }

    /// For file systems that cannot exchange: a small window remains between the comparison and the rename.
    private func rename() throws(FileError) -> SwapOutcome {
        guard original.stand(at: name, in: folder) else {
            try folder.removeFile(temporary)
            return .changed
        }
        do throws(FileError) {
            try folder.rename(temporary, replacing: name)
        } catch {
            try? folder.removeFile(temporary)
            throw error
        }
        return .done
    }
}
