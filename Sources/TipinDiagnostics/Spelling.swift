/// Finds what a misspelt word was meant to be.
package enum Spelling {
    /// The words that somebody who wrote `text` may have meant: at most three, the nearest first. Large and small
    /// letters are the same.
    /// - Parameter words: of at most 64 bytes each.
    package static func nearest(to text: String, of words: some Collection<String>) -> [String] {
        // Longer than any word: what is cut off cannot make one nearer.
        let wanted = Array(text.lowercased().utf8.prefix(64))
        guard !wanted.isEmpty else { return [] }
        let farthest = max(2, wanted.count / 3)
        return
            words
            .map { word in
                let letters = Array(word.lowercased().utf8)
                let isBeginning = wanted.count >= 3 && letters.starts(with: wanted)
                return (word, distance: editDistance(wanted, letters), isBeginning: isBeginning)
            }
            .filter { $0.distance <= farthest || $0.isBeginning }
            .sorted { ($0.distance, $0.0) < ($1.distance, $1.0) }
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
