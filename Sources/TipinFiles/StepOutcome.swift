/// What became of a file that was to change hands.
enum StepOutcome: Equatable {
    case done
    /// Somebody changed the file, or it is gone: what they made of it stands, nothing of ours.
    case changed
    /// Somebody changed the file, and once more while the first change was put back: the later bytes stand in its
    /// place, the earlier ones under this name beside it.
    case changedTwice(kept: String)
}

extension StepOutcome {
    /// How the document of that path is told of; `nil` where nothing went wrong.
    func failure(of path: String, in folder: Folder) -> DocumentWriter.Failure? {
        switch self {
        case .done: nil
        case .changed: .changed(path)
        case .changedTwice(let kept): .changedTwice(path, kept: folder.absolutePath(of: kept))
        }
    }
}
