internal import Glibc

/// The moment in which a document's new bytes take the place of the old ones, and its undoing where the old ones turn
/// out to be somebody else's (RELIABILITY "Document swap").
struct DocumentSwap {
    enum Outcome: Equatable {
        case done
        /// Somebody changed the document: their bytes stand in its place, ours are gone.
        case changed
        /// Somebody changed it and saved once more while the first change was put back: the later bytes stand in its
        /// place, the earlier ones under this name beside it.
        case changedTwice(kept: String)
    }

    let folder: Folder
    let name: String
    /// The sibling that holds `bytes`, durable; gone when the swap is over, whatever its outcome.
    let temporary: String
    /// What stood there when the document was read.
    let original: [UInt8]
    let bytes: [UInt8]

    func run() throws(FileError) -> Outcome {
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

    private func exchange() throws(FileError) -> Outcome {
        do throws(FileError) {
            try folder.exchange(temporary, name)
        } catch {
            if error.number == EINVAL || error.number == ENOSYS { return try rename() }
            try? folder.removeFile(temporary)
            throw error
        }
        return holds(temporary, original) ? .done : try putBack()
    }

    /// Gives the displaced bytes their name again, and looks once more at what that displaces.
    private func putBack() throws(FileError) -> Outcome {
        try folder.exchange(temporary, name)
        if holds(temporary, bytes) {
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
    private func rename() throws(FileError) -> Outcome {
        guard holds(name, original) else {
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

    private func holds(_ name: String, _ bytes: [UInt8]) -> Bool {
        (try? folder.openFile(name).readAll(limit: bytes.count + 1)) == bytes
    }
}
