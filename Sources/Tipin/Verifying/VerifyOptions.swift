/// What `assets verify` is asked for.
package struct VerifyOptions: Sendable {
    /// Whether every stored byte is read and its digest compared.
    package var readsData = false
    /// The part of the assets whose bytes are read; `nil` for all.
    package var subset: DigestSubset?
    /// Documents that may use what is lost, and tell a new catalog of links and ids.
    package var documents: [String] = []
    /// Absolute; searched by digest for bytes that are not here.
    package var searchFolders: [String] = []
    /// Only says what is wrong: nothing is mended, nobody asked.
    package var isDryRun = false

    package init() {}
}
