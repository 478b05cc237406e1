/// When a command that ends tries again: three tries in all, whose waits add up to 30 seconds at most (RULES "Status").
package struct RetrySchedule: Sendable {
    private static let tries = 3
    private static let firstCeiling = 1.0
    private static let budget = 30.0

    private var triesMade = 1
    private var secondsLeft = Self.budget

    /// Begins with a first try that is made at once.
    package init() {}

    /// How long to wait before the next try: full jitter below 1 s, then below 2 s, or as long as the remote asked.
    /// - Parameters:
    ///   - random: from 0 to 1.
    ///   - retryAfterSeconds: what the remote asked for; 0 and less is no wish. A wish beyond the time left ends the
    ///     tries: one that comes too early is refused again.
    /// - Returns: `nil` when no further try is to be made.
    package mutating func next(random: Double, retryAfterSeconds: Int?) -> Duration? {
        guard triesMade < Self.tries else { return nil }
        var ceiling = Self.firstCeiling
        for _ in 1..<triesMade { ceiling *= 2 }
        let wait = max(ceiling * min(max(random, 0), 1), Double(retryAfterSeconds ?? 0))
        guard wait <= secondsLeft else { return nil }
        triesMade += 1
        secondsLeft -= wait
        return .seconds(wait)
    }
}
