internal import Glibc

/// Turns at folders among the threads of this process: who waits is woken at once, where `flock(2)` between processes
/// has to be asked again and again.
// Safe because the mutex is made once, is never moved, and is only used through pthread's own calls.
final class FolderTurn: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    private init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    /// Folders that share one wait for each other without need, and no more than that.
    private static let all = (0..<64).map { _ in FolderTurn() }

    /// The turn at an open folder; `nil` where nobody can say which one it is.
    static func at(_ descriptor: Int32) -> FolderTurn? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return all[Int((UInt64(status.st_ino) ^ UInt64(status.st_dev)) % UInt64(all.count))]
    }

    /// - Parameter patience: milliseconds.
    /// - Returns: whether it is taken; somebody else kept it for longer otherwise.
    func take(patience: Int) -> Bool {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        let nanoseconds = deadline.tv_nsec + (patience % 1000) * 1_000_000
        deadline.tv_sec += patience / 1000 + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        return pthread_mutex_timedlock(mutex, &deadline) == 0
    }

    func give() { pthread_mutex_unlock(mutex) }
}
