internal import Glibc

/// How long a server wants to be left alone (RFC 9110, 10.2.3).
enum RetryAfter {
    /// `nil` where nothing is told, or nothing that makes sense.
    /// - Parameter headers: names in lower case.
    static func seconds(in headers: [String: String]) -> Int? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Int(text) { return seconds < 0 ? nil : seconds }
        guard let then = time(in: text) else { return nil }
        // By the server's clock where it tells it: ours may be wrong.
        let now = headers["date"].flatMap { time(in: $0) } ?? Glibc.time(nil)
        return max(0, then - now)
    }

    /// Seconds since 1970 of a date as HTTP has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func time(in text: String) -> Int? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: parts[2].lowercased()),
            let day = Int32(parts[1]), let year = Int32(parts[3]), 1970...9999 ~= year
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int32($0) }
        guard clock.count == 3 else { return nil }
        var fields = tm()
        (fields.tm_year, fields.tm_mon, fields.tm_mday) = (year - 1900, Int32(month), day)
        (fields.tm_hour, fields.tm_min, fields.tm_sec) = (clock[0], clock[1], clock[2])
        return timegm(&fields)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
