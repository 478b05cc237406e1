package import TipinAssets

/// One of several equal parts of all digests, the same on every machine and in every run.
package struct DigestSubset: Sendable, Equatable {
    /// Which part, from 1.
    package let part: Int
    package let count: Int

    /// - Parameter text: `n/t`: part n of t.
    package init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let part = numbers[0], let count = numbers[1], count > 0, (1...count).contains(part)
        else { return nil }
        self.part = part
        self.count = count
    }

    package func contains(_ digest: SHA256Digest) -> Bool {
        let number = digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        return number % UInt64(count) == UInt64(part - 1)
    }
}
