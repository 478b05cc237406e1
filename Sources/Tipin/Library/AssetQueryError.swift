/// Why an asset that a person named was not found.
package enum AssetQueryError: Error, Sendable, Equatable {
    case unknown(String)
    /// A prefix of several: the first of them.
    case ambiguous(String, candidates: [String])
}
