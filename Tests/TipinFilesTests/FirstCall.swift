import Glibc
import Synchronization
import TipinFiles

/// Lets the first call of one kind fail.
final class FirstCall: Sendable {
    private let operation: FileOperation
    private let isDone = Mutex(false)

    init(_ operation: FileOperation) { self.operation = operation }

    var failpoint: Failpoint {
        { operation, _ in
            guard operation == self.operation else { return .proceed }
            return self.isDone.withLock { isDone in
                defer { isDone = true }
                return isDone ? .proceed : .fail(errno: EIO)
            }
        }
    }
}
