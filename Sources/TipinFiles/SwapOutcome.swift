/// What became of a file whose bytes were to be replaced or to go.
enum SwapOutcome: Equatable {
    case done
    /// Somebody changed it: their bytes stand in its place, and of ours nothing is left.
    case changed
    /// Somebody changed it, and once more while the first change was put back: the later bytes stand in its place, the
    /// earlier ones under this name beside it.
    case changedTwice(kept: String)
}
