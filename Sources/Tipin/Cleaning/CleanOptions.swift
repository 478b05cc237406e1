/// What a person asked of `assets gc`.
package struct CleanOptions: Sendable {
    /// Whether anything is done; else it is only said.
    package var deletes = false
    /// Documents whose mentions and manifests keep assets, by the configuration that speaks for them.
    package var documents: [PathGroup] = []
    /// Bytes that what can be fetched again may take; the configuration's where `nil`.
    package var maxCacheBytes: Int?
    /// Books whose complete set of documents is named: links that other documents of theirs made are dropped.
    package var completeBooks: [String] = []

    package init() {}
}
