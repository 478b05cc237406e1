extension DiagnosticCode {
    /// The codes that somebody who wrote this may have meant: at most three, the nearest first.
    package static func nearest(to text: String) -> [DiagnosticCode] {
        // Longer than any code: what is cut off cannot make one nearer.
        let wanted = Array(text.lowercased().replacing("_", with: "-").utf8.prefix(64))
        guard !wanted.isEmpty else { return [] }
        let farthest = max(2, wanted.count / 3)
        return
            allCases
            .map { code in (code, distance: editDistance(wanted, Array(code.rawValue.utf8))) }
            .filter { code, distance in
                distance <= farthest || (wanted.count >= 3 && code.rawValue.utf8.starts(with: wanted))
            }
            .sorted { ($0.distance, $0.0.rawValue) < ($1.distance, $1.0.rawValue) }
            .prefix(3).map(\.0)
    }

    /// How many bytes must be put in, taken out or replaced to make one from the other (Levenshtein).
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
