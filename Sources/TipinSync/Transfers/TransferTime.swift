/// How long an upload may take.
package enum TransferTime {
    /// The fewest bytes a second with which one is still worth going on.
    private static let slowest = 20_000

    /// Seconds for a body of so many bytes.
    package static func limit(bytes: Int) -> Int { 60 + bytes / slowest }
}
