/// What a test lets happen in place of a state-changing call.
package enum FailpointOutcome: Sendable {
    case proceed
    /// The call is not made and fails with this `errno`.
    case fail(errno: Int32)
    /// A write takes only this many bytes, at least 1.
    case shorten(to: Int)
    /// The call is not made and said to have succeeded: what a program does that forgot it. Opening and creating, which
    /// have a result, are made all the same.
    case skip
}

/// Asked before each state-changing call and each lock. May end the process: that is how crashes are tested.
package typealias Failpoint = @Sendable (_ operation: FileOperation, _ path: String) -> FailpointOutcome
