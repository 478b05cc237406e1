import Synchronization
import TipinFiles

/// Lets one call of an operation fail, counted from 1, and remembers how often it was asked.
final class FailingCall: Sendable {
    private let calls = Mutex(0)
    private let operation: FileOperation
    private let call: Int
    private let number: Int32

    init(_ operation: FileOperation, call: Int = 1, errno number: Int32) {
        self.operation = operation
        self.call = call
        self.number = number
    }

    var count: Int { calls.withLock { $0 } }

    var failpoint: Failpoint {
        { operation, _ in
            guard operation == self.operation else { return .proceed }
            let present = self.calls.withLock { calls in
                calls += 1
                return calls
            }
            return present == self.call ? .fail(errno: self.number) : .proceed
        }
    }
}
