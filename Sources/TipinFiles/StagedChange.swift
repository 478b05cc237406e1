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

    /// Clears away what was prepared, where `perform` was never called.
    func discard()
}
