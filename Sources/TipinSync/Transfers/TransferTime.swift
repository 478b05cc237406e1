/// How long a transfer may take.
package enum TransferTime {
    /// The fewest bytes a second with which one is still worth going on.
    private static let slowest = 20_000

    /// Seconds after which no transfer is worth going on: a week. libcurl ignores a limit of more than three.
    private static let longest = 7 * 86_400

    /// Seconds for a body of so many bytes.
    package static func limit(bytes: Int) -> Int { min(60 + bytes / slowest, longest) }
}
