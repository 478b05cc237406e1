internal import Glibc

/// The moment in which a document's new bytes take the place of the old ones, and its undoing where the old ones turn
/// out to be somebody else's (RELIABILITY "Document swap").
struct DocumentSwap: StagedChange {
    let folder: Folder
    let name: String
    /// The sibling that holds the new bytes, durable; after `perform` the one that holds what stood there.
    let temporary: String
    /// What stood there when the document was read.
    let original: StandingBytes
    let new: StandingBytes

    func perform() throws(FileError) -> StepOutcome {
        // Three of us at once could otherwise put back each other's bytes.
        do throws(FileError) {
            return try folder.whileLocked { () throws(FileError) in try exchange() }
        } catch {
            if error.operation == .lock { discard() }
            throw error
        }
    }

    func takeBack() throws(FileError) -> StepOutcome {
        try folder.whileLocked { () throws(FileError) in try putBack() }
    }

    func finish() {
        do throws(FileError) {
            try folder.removeFile(temporary)
        } catch {
            // The old bytes may not have got that name.
            if let second { try? folder.removeFile(second.name) }
        }
    }

    func keep() -> String? { TemporaryDocument(temporary)?.keep(in: folder) ?? second?.keep(in: folder) }

    func discard() { try? folder.removeFile(temporary) }

    private func exchange() throws(FileError) -> StepOutcome {
        do throws(FileError) {
            try folder.exchange(temporary, name)
        } catch {
            if error.cannotExchange { return try rename() }
            discard()
            throw error
        }
        return original.stand(at: temporary, in: folder) ? .done : try putBack()
    }

    /// Gives the displaced bytes their name again, and looks once more at what that displaces.
    private func putBack() throws(FileError) -> StepOutcome {
        do throws(FileError) {
            try folder.exchange(temporary, name)
        } catch {
            guard error.cannotExchange else { throw error }
            return try renameBack()
        }
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

    /// Where names cannot be exchanged: under which the old bytes stand until they get the name `temporary`, and for
    /// good where they do not get it.
    private var second: TemporaryDocument? {
        var second = TemporaryDocument(temporary)
        second?.random &+= 1
        return second
    }

    /// For file systems that cannot exchange: a small window remains between the comparison and the rename.
    private func rename() throws(FileError) -> StepOutcome {
        guard let second, original.stand(at: name, in: folder) else {
            discard()
            return .changed
        }
        do throws(FileError) {
            // The old bytes get a second name, without which there would be no way back.
            try? folder.link(name, toNew: second.name)
            try folder.rename(temporary, replacing: name)
        } catch {
            discard()
            try? folder.removeFile(second.name)
            throw error
        }
        try? folder.rename(second.name, toNew: temporary)
        return .done
    }

    private func renameBack() throws(FileError) -> StepOutcome {
        guard new.stand(at: name, in: folder) else { return .changed }
        try folder.rename(temporary, replacing: name)
        return .changed
    }
}

extension FileError {
    /// Whether the file system has no such step.
    fileprivate var cannotExchange: Bool { operation == .exchange && (number == EINVAL || number == ENOSYS) }
}
