/// A change of one name in a folder, ready to be made: all that takes time and room has been done already.
protocol StagedChange {
    var folder: Folder { get }

    /// Makes the change, seen by everybody and not durable yet.
    func perform() throws(FileError) -> StepOutcome

    /// Undoes what `perform` did, as far as nobody has worked on it since.
    func takeBack() throws(FileError) -> StepOutcome

    /// Clears away what `takeBack` would have needed. Called when the folder is durable; a hidden leftover is no reason
    /// to call the change a failure.
    func finish()

    /// Gives the bytes that stood there a name beside the document, where `takeBack` failed.
    /// - Returns: that name.
    func keep() -> String?

    /// Clears away what was prepared, where `perform` was never called.
    func discard()
}

extension StagedChange {
    /// Takes the change back: what is told as a failure must not be half of a success.
    /// - Returns: what is to be told; where bytes of somebody's stand now is worth more words than why it came to it.
    func takenBack(because reason: DocumentWriter.Failure, _ path: String) -> DocumentWriter.Failure {
        let outcome: StepOutcome
        do throws(FileError) {
            outcome = try takeBack()
        } catch {
            return .notTakenBack(path, kept: keep().map { folder.absolutePath(of: $0) })
        }
        try? folder.syncFolder()
        if case .changedTwice = outcome { return outcome.failure(of: path, in: folder) ?? reason }
        return reason
    }
}
