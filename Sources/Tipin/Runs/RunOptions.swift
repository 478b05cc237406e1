internal import TipinDocument

/// What a person asked of a run that may change documents.
package struct RunOptions: Sendable {
    package var paths: [String]
    package var profile: Profile
    package var destination: Destination
    /// The file of `--plan` as it was named.
    package var plan: String?
    package var dropsSrc = false
    package var fillsSize = false
    package var preference: Preference?
    /// Removes entries from manifests that the document names nowhere.
    package var prunesManifest = false
    package var followsLinks = false
    /// Asks again for addresses that were imported before or failed for good.
    package var refetches = false
    /// Asks the remote for each address before a document is published.
    package var verifiesRemote = true
    package var retriesFailed = false
    /// A dry run of what would upload: bytes that are here count as sent.
    package var wouldSend = false
    /// Brings the bytes of assets here whose address is known too (`sync`).
    package var fetchesKnownAssets = false
    /// Absolute; searched by digest for missing bytes.
    package var searchFolders: [String] = []
    /// Address → file or address that takes its place.
    package var substitutions: [String: String] = [:]

    package init(paths: [String], profile: Profile, destination: Destination) {
        self.paths = paths
        self.profile = profile
        self.destination = destination
    }

    /// Whether what an earlier run wrote stays whole where a document of its file is refused: nobody is to miss what
    /// was published before.
    /// - Parameter path: where the file goes.
    func keepsOlder(at path: String) -> Bool { profile == .publish && destination.isFolder && Paths.exists(path) }

    /// The output folder where no folder below it may be a link.
    var linklessFolder: String? {
        guard case .folder(let folder) = destination, !followsLinks else { return nil }
        return folder
    }

    /// The substitutions by the bytes of their addresses.
    var substitutionsByAddress: [ByteKey: String] {
        Dictionary(substitutions.map { (ByteKey($0.key), $0.value) }) { $1 }
    }
}
