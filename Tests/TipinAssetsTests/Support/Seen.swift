import Synchronization
import TipinFiles

/// Writes down every state-changing call, and lets one of them fail.
final class Seen: Sendable {
    struct Call: Equatable, Sendable {
        var operation: FileOperation
        var path: String
    }

    private let calls = Mutex<[Call]>([])
    private let failing: (number: Int, errno: Int32)?

    /// - Parameter failing: the call, counted from 1, and the `errno` that it gives.
    init(failing: (number: Int, errno: Int32)? = nil) { self.failing = failing }

    var all: [Call] { calls.withLock { $0 } }

    func paths(_ operation: FileOperation) -> [String] { all.filter { $0.operation == operation }.map(\.path) }

    var failpoint: Failpoint {
        { operation, path in
            let number = self.calls.withLock { calls in
                calls.append(Call(operation: operation, path: path))
                return calls.count
            }
            if let failing = self.failing, failing.number == number { return .fail(errno: failing.errno) }
            return .proceed
        }
    }
}
