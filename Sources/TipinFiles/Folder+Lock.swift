internal import Glibc

extension Folder {
    /// Runs `body` while nobody else who asks for the same folder runs theirs, in this process or another.
    ///
    /// By `flock(2)` on the folder itself, so that nothing has to be made for it. File systems that cannot lock a
    /// folder are done without; a lock that somebody keeps for longer than `patience` is an error (`EAGAIN`).
    /// - Parameter patience: milliseconds.
    @discardableResult
    package func whileLocked<Result>(
        patience: Int = 10_000, _ body: () throws(FileError) -> Result
    ) throws(FileError) -> Result {
        let turn = FolderTurn.at(descriptor)
        guard turn?.take(patience: patience) != false else { throw FileError(.lock, path, EAGAIN) }
        defer { turn?.give() }
        let isLocked = try lock(patience: patience)
        defer { if isLocked { _ = flock(descriptor, LOCK_UN) } }
        return try body()
    }

    /// - Returns: whether the lock is held; `false` where folders cannot be locked.
    private func lock(patience: Int) throws(FileError) -> Bool {
        // Short steps: whoever holds it does so for two renames and a read.
        for _ in 0...patience {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            switch errno {
            case EWOULDBLOCK: usleep(1_000)
            case EINTR: continue
            default: return false
            }
        }
        throw FileError(.lock, path, EAGAIN)
    }
}
