/// What a test lets happen in place of a state-changing call.
package enum FailpointOutcome: Sendable {
    case proceed
    /// The call is not made and fails with this `errno`.
    case fail(errno: Int32)
    /// A write takes only this many bytes, at least 1.
    case shorten(to: Int)
}

/// Asked before each state-changing call. May end the process: that is how crashes are tested.
package typealias Failpoint = @Sendable (_ operation: FileOperation, _ path: String) -> FailpointOutcome
