internal import TipinDiagnostics
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

    /// Whether what an earlier run wrote of a file stays where its document is refused: nobody is to miss what was
    /// published before.
    var keepsOlder: Bool { profile == .publish && destination.isFolder }

    /// What an earlier run wrote of a file.
    /// - Returns: its path; `nil` where there is none, or nothing is refused.
    func older(of file: DocumentFile) -> String? {
        guard keepsOlder else { return nil }
        let path = destination.path(of: file)
        return Paths.exists(path) ? path : nil
    }

    /// What is said of a refused document's older file, or line.
    func olderNotes(of file: DocumentFile) -> [String] {
        guard let older = older(of: file).map({ "'\(Redaction.printable($0))'" }) else { return [] }
        let line = "its line in \(older) stays as an earlier run wrote it, if one did"
        return [file.isLines ? line : "\(older) stays as an earlier run wrote it"]
    }

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
