internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinSync

/// Judges whether an asset's bytes can be had: here, or at the remote.
struct BytesJudge: Sendable {
    private let workspace: Workspace
    private let options: CheckOptions
    /// A folder can be looked at without a network.
    private let canAskRemote: Bool
    private let presences = PresenceCache()
    /// Knows which files may be read.
    private let reader: AddressReader

    init(_ workspace: Workspace, _ options: CheckOptions, _ reader: AddressReader) {
        self.reader = reader
        self.workspace = workspace
        self.options = options
        canAskRemote = options.isOnline || workspace.remote?.name.isFolder == true
    }

    /// - Parameter copy: the book's at the remote, as the catalog knows it.
    func judge(
        _ asset: ResolvedAsset, copy: CopyAtRemote?, book: String, in file: DocumentFile, _ finder: BlobFinder
    ) async throws -> [(Problem, Severity?)] {
        let digest = asset.sha256
        let path = finder.find(digest, book: ByteKey(book), ext: asset.row?.ext, others: { [] })?.path
        if let path, options.readsData, let blobs = workspace.blobs, try !blobs.isWhole(path, digest) {
            return [(Self.damaged(blobs.absolutePath(of: path)), nil)]
        }
        let kept = path == nil ? keptByApp(asset) : nil
        let isHere = path != nil || kept.map { reader.localFiles(for: file).mayRead($0) } ?? false
        let copy = copy ?? told(asset)
        var presence: RemotePresence?
        if let copy, let remote = workspace.remote, canAskRemote, remote.owns(copy.url) {
            presence = await presences.presence(
                of: copy, at: remote, sha256: digest.description, size: asset.row?.knownSize)
        }
        switch (isHere, presence) {
        case (true, .missing?), (true, .different?):
            let severity: Severity = options.purpose == .publish ? .error : .warning
            return [(Self.remoteLost(copy?.url ?? "", presence), severity)]
        case (true, _), (false, .present?): return []
        case (false, .missing?), (false, .different?):
            return [(kept.map(AddressReader.outsideRoots) ?? lost(asset, copy?.url, presence), nil)]
        case (false, .unknown(let error)?): return [(error.problem(while: .asking), .error)]
        case (false, nil):
            // An address that cannot be asked here may well be good; without a catalog nobody knows of the bytes.
            if copy != nil || asset.told?.remoteURL != nil || workspace.catalog == nil { return [] }
            return [(kept.map(AddressReader.outsideRoots) ?? lost(asset, nil, nil), nil)]
        }
    }

    /// Where the app has the bytes, in a place of its own: the commands that change documents take them from there.
    private func keptByApp(_ asset: ResolvedAsset) -> String? {
        guard let row = asset.row, let file = AppFile(of: row), file.content(for: row, reads: options.readsData).isWhole
        else { return nil }
        return file.path
    }

    private func told(_ asset: ResolvedAsset) -> CopyAtRemote? {
        asset.told?.remoteURL.map { CopyAtRemote(id: nil, url: $0) }
    }

    private func lost(_ asset: ResolvedAsset, _ url: String?, _ presence: RemotePresence?) -> Problem {
        var notes = ["asset '\(asset.documentID)', SHA-256 \(asset.sha256)"]
        if let url { notes += [presence?.absence(at: url)].compactMap(\.self) }
        if workspace.blobs?.isRetired(asset.sha256) == true {
            return Problem(
                .blobMissing, "image bytes were cleaned up and can be brought back",
                notes: notes + ["they are below 'removed' in the data folder for 30 days"],
                help: ["run 'tipin migrate' on the document: it brings them back"])
        }
        return Problem(
            .blobMissing, "image bytes are lost: neither here nor at the remote", notes: notes,
            help: ["put the picture in again, or search a folder for it: tipin migrate --search DIR"])
    }

    private static func remoteLost(_ url: String, _ presence: RemotePresence?) -> Problem {
        Problem(
            .remoteMissing, "image is gone from the remote", notes: [presence?.absence(at: url)].compactMap(\.self),
            help: ["run 'tipin publish' again: the bytes are here and will be sent"])
    }

    private static func damaged(_ path: String) -> Problem {
        Problem(
            .blobDamaged, "image bytes here are damaged", notes: ["'\(path)' does not have the SHA-256 of its name"],
            help: ["run 'tipin sync PATH' to fetch it again"])
    }
}
