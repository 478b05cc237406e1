internal import Glibc

/// Tells the time; tests give their own.
package struct WallClock: Sendable {
    /// Milliseconds since 1970.
    package let now: @Sendable () -> Int64

    package init(now: @escaping @Sendable () -> Int64) { self.now = now }

    package static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The time now as ISO 8601 in UTC with milliseconds: `2026-01-31T08:09:10.123Z`.
    package func timestamp() -> String { Self.timestamp(milliseconds: now()) }

    package static func timestamp(milliseconds: Int64) -> String {
        // Rounded down, so that what is left is never negative, before 1970 either.
        let rest = (milliseconds % 1000 + 1000) % 1000
        var seconds = time_t((milliseconds - rest) / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: Int32, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(time).\(padded(Int32(rest), 3))Z"
    }
}
