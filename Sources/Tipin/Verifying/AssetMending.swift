internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Sets aside what is damaged, and brings whole bytes back from wherever they are (RULES 3, 3).
struct AssetMending: Sendable {
    let workspace: Workspace
    let blobs: BlobStore
    let catalog: Catalog
    let importer: AssetImporter
    let search: DigestSearch
    let cache: RemoteCache

    /// What became of an asset that had damaged or missing entries.
    struct Outcome: Sendable {
        /// `nil` where nothing was wrong.
        var finding: VerifyFinding?
        var mended = 0
        var isLost = false
    }

    func mend(_ state: AssetState) async throws -> Outcome {
        let broken = state.broken
        var notes = ["asset '\(state.asset.id)', SHA-256 \(state.asset.sha256)"]
        for entry in broken { try setAside(entry, &notes) }
        let missing = broken.filter { $0.fault == .missing }.count == broken.count
        // From another book's entry, or from one that the catalog does not know.
        try importer.addToBooks(broken.map { (state.asset, $0.book) }, remote: nil)
        var source = "from another book's entry"
        var failure: Problem?
        if let first = broken.first, blobs.find(state.asset.sha256, books: [first.book]) == nil {
            switch try await bringBack(state.asset, book: first.book) {
            case .success(let words): source = words
            case .failure(let reason): failure = reason.problem
            }
            if failure == nil {
                try importer.addToBooks(broken.dropFirst().map { (state.asset, $0.book) }, remote: nil)
            }
        }
        guard let failure else {
            notes.append("its bytes came back \(source)")
            return Outcome(finding: finding(Self.mended(missing, notes), state, .warning), mended: broken.count)
        }
        try forget(state)
        notes += failure.notes.dropFirst()
        let lost = Self.lost(missing, notes, isTransient: failure.isTransient)
        return Outcome(finding: finding(lost, state, .error), isLost: true)
    }

    private func setAside(_ entry: AssetState.Entry, _ notes: inout [String]) throws {
        guard case .damaged(let words) = entry.fault else { return }
        let place = try blobs.setAside(entry.path)
        notes.append("'\(Redaction.printable(entry.path))': \(words); it was moved to '\(place)'")
    }

    private enum Return {
        /// Where they were, in words.
        case success(String)
        case failure(any Error)
    }

    private func bringBack(_ asset: Asset, book: String) async throws -> Return {
        if let bytes = search.bytes(of: asset.sha256) {
            let prepared = try await importer.prepareStored(bytes, expecting: asset.sha256, book: book)
            _ = try importer.commit([prepared], remote: nil)
            return .success("from a folder that was searched")
        }
        let addresses = try catalog.read { reader in
            [asset.localPath].compactMap { $0 } + (try reader.remoteURLs(of: asset.id))
                + (try reader.sourceURLs(of: asset.id))
        }
        do {
            _ = try await cache.path(of: asset.sha256, book: book, addresses: addresses)
            return .success("from one of its addresses")
        } catch let error where error.isOfOnePicture {
            return .failure(error)
        }
    }

    /// No row says that bytes are here which are not.
    private func forget(_ state: AssetState) throws {
        try catalog.write { writer in
            for entry in state.entries { try writer.forgetPath(assetID: state.asset.id, bookID: entry.book) }
            try writer.setLocalPath(assetID: state.asset.id, nil)
        }
    }

    // MARK: Words

    private func finding(_ problem: Problem, _ state: AssetState, _ severity: Severity) -> VerifyFinding {
        var finding = VerifyFinding(problem, severity: severity, path: state.broken.first?.path)
        finding.assetID = state.asset.id
        finding.sha256 = state.asset.sha256.description
        return finding
    }

    private static func mended(_ isMissing: Bool, _ notes: [String]) -> Problem {
        isMissing
            ? Problem(.blobMissing, "stored picture was missing and is here again", notes: notes)
            : Problem(.blobDamaged, "stored picture was damaged and is whole again", notes: notes)
    }

    static func lost(_ isMissing: Bool, _ notes: [String], isTransient: Bool = false) -> Problem {
        Problem(
            isMissing ? .blobMissing : .blobDamaged,
            isMissing ? "stored picture is missing and nowhere to be found" : "stored picture is damaged and lost",
            notes: notes,
            help: ["put the picture in again, or search a folder for it with --search DIR"], isTransient: isTransient)
    }
}

extension Error {
    /// Whether the other pictures can be looked at all the same.
    fileprivate var isOfOnePicture: Bool { concernsPicture || self is RunError }
}
