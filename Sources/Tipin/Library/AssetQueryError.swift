/// Why an asset that a person named was not found.
package enum AssetQueryError: Error, Sendable, Equatable {
    case unknown(String)
    /// No asset's own id, but what documents call assets: the ids of the first of these.
    case documentName(String, candidates: [String])
    /// A prefix of several: the first of them.
    case ambiguous(String, candidates: [String])
}
