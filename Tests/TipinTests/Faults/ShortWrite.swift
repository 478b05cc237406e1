import Glibc
import TipinFiles

/// How a write does less than it was asked for.
enum ShortWrite: CaseIterable {
    /// From one call on all are short or interrupted by turns: only interrupted they would never come to an end.
    case allByTurns, short, interrupted

    /// - Parameters:
    ///   - number: of a call that writes.
    ///   - first: of the first that is to have the fault.
    func outcome(_ number: Int, _ first: Int) -> FailpointOutcome {
        switch self {
        case .allByTurns where number >= first: number % 2 == 0 ? .fail(errno: EINTR) : .shorten(to: 7)
        case .short where number == first: .shorten(to: 7)
        case .interrupted where number == first: .fail(errno: EINTR)
        default: .proceed
        }
    }
}
