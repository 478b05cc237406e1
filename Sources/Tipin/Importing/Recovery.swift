internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Looks for the bytes of assets that are known by digest but not here (RULES 3, 3). What is found is checked by that
/// digest and stored as it is.
struct Recovery: Sendable {
    let workspace: Workspace
    let options: RunOptions
    let reader: AddressReader
    /// `nil` where documents come through a pipe and cannot be read again.
    let others: OtherDocuments?
    let search: DigestSearch

    func run(_ outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        let wanted = try await BlockingThread.run(throwing: { [outcomes] in try wantedAssets(outcomes, works) })
        guard !wanted.isEmpty else { return }
        let findings = try await wanted.concurrentMap(limit: workspace.host.picturesAtATime) { want in
            (want, try await self.find(want))
        }
        let verdicts = try await BlockingThread.run(throwing: { try commit(findings) })
        for (index, work) in works.enumerated() {
            for mention in outcomes[index].indices {
                guard let asset = outcomes[index][mention].asset,
                    let verdict = verdicts[Want.Key(digest: asset.sha256, book: work.book)]
                else { continue }
                outcomes[index][mention].resolution = verdict.resolution(of: asset)
            }
        }
    }

    // MARK: What is wanted

    private struct Want: Sendable {
        struct Key: Hashable, Sendable {
            var digest: SHA256Digest
            var book: String
        }
        var key: Key
        var asset: ResolvedAsset
        var file: DocumentFile
        /// Whether the mention cannot be done without them.
        var isNeeded: Bool
        /// Addresses to try, in order.
        var addresses: [String]
    }

    private func wantedAssets(_ outcomes: [[MentionOutcome]], _ works: [WorkDocument]) throws -> [Want] {
        var wanted: [Want.Key: Int] = [:]
        var here: Set<Want.Key> = []
        var wants: [Want] = []
        for (work, outcomes) in zip(works, outcomes) {
            for (mention, outcome) in zip(work.loaded.collected.mentions, outcomes) {
                guard let asset = outcome.asset else { continue }
                let key = Want.Key(digest: asset.sha256, book: work.book)
                if let place = wanted[key] {
                    wants[place].addresses += Self.held(work, mention)
                    if wants[place].isNeeded { wants[place].addresses += Self.told(asset) }
                } else if try here.contains(key) || isHere(asset, work.book) {
                    here.insert(key)
                } else {
                    let isNeeded = try needsBytes(asset, work.book)
                    // An address at our remote is good, bytes in hand are better.
                    let held = Self.held(work, mention) + [asset.told?.localPath].compactMap { $0 }
                    guard isNeeded || !held.isEmpty else { continue }
                    wanted[key] = wants.count
                    wants.append(
                        Want(
                            key: key, asset: asset, file: work.file, isNeeded: isNeeded,
                            addresses: held + (isNeeded ? [asset.told?.remoteURL].compactMap { $0 } : [])))
                }
            }
        }
        return wants
    }

    /// The document's own address where it is one that is taken out: the bytes behind it must not go with it.
    private static func held(_ work: WorkDocument, _ mention: Mention) -> [String] {
        let details = work.loaded.collected.details(of: mention)
        guard let address = details.address, !address.hasSameBytes(as: details.assetID) else { return [] }
        switch AddressForm(address) {
        case .dataURL: return [address]
        case .localFile: return AssetLookup.digest(inPath: address) == nil ? [address] : []
        case .remoteURL, .dead: return []
        }
    }

    private static func told(_ asset: ResolvedAsset) -> [String] {
        [asset.told?.localPath, asset.told?.remoteURL].compactMap { $0 }
    }

    /// Whether bytes and row are here. `sync` mends what the disk spoilt; looking at every byte would take too long for
    /// the others.
    private func isHere(_ asset: ResolvedAsset, _ book: String) throws -> Bool {
        guard let blobs = workspace.blobs, let path = blobs.find(asset.sha256, books: [book], ext: asset.row?.ext)
        else { return false }
        // A fault of the machine is none of the file: only bytes that were read and are wrong are set aside.
        if options.fetchesKnownAssets, try !blobs.isWhole(path, asset.sha256) {
            try blobs.setAside(path)
            return false
        }
        // Bytes without a row are taken in, so that the catalog tells the whole truth.
        return asset.row != nil
    }

    private func needsBytes(_ asset: ResolvedAsset, _ book: String) throws -> Bool {
        if workspace.blobs?.find(asset.sha256, books: [book]) != nil { return true }
        if options.fetchesKnownAssets { return true }
        // An address at our own remote is as good as the bytes, until it is published: then it must have been asked.
        if options.profile != .publish, let url = asset.told?.remoteURL, workspace.remote?.owns(url) == true {
            return false
        }
        guard let row = asset.row, let catalog = workspace.catalog else { return true }
        return try catalog.read { reader in
            try CopyAtRemote.find(of: row, book: book, remote: workspace.remote, reader) == nil
        }
    }

    // MARK: Where it is

    private enum Finding: Sendable {
        case bytes(PreparedAsset, remoteURL: String?)
        case none(Verdict)
        /// A dry run takes nothing in and asks no hosts.
        case planned
    }

    /// What it means that bytes were not brought here, for each mention that needs them.
    private enum Verdict: Sendable {
        case missing(notes: [String], isTransient: Bool)
        case unusable(Problem)
        case planned

        /// Documents may call the same bytes by different names: each is told of its own.
        func resolution(of asset: ResolvedAsset) -> Resolution {
            switch self {
            case .missing(let notes, let isTransient):
                .left(
                    Problem(
                        .blobMissing, "image bytes are not here and nowhere to be found",
                        notes: ["asset '\(asset.documentID)', SHA-256 \(asset.sha256)"] + notes.prefix(3),
                        help: ["search a folder for them with --search, or put the picture in again"],
                        isTransient: isTransient))
            case .unusable(let problem): .left(problem)
            case .planned: .planned("bring its bytes here")
            }
        }
    }

    private func find(_ want: Want) async throws -> Finding {
        if let bytes = await BlockingThread.run({ storedBytes(want) }) { return try await prepared(bytes, want, nil) }
        var attempts = Attempts()
        for address in want.isNeeded ? try addresses(of: want) : want.addresses {
            if let found = try await look(at: address, want, want.file, &attempts) { return found }
        }
        if want.isNeeded, let others {
            for clue in await others.clues(to: want.key.digest) {
                if let found = try await look(at: clue.address, want, clue.file, &attempts) { return found }
            }
        }
        if let bytes = await BlockingThread.run({ search.bytes(of: want.key.digest) }) {
            return try await prepared(bytes, want, nil)
        }
        if attempts.needsNetwork && workspace.importer == nil { return .planned }
        return .none(.missing(notes: attempts.notes, isTransient: attempts.isTransient))
    }

    /// What was tried in vain.
    private struct Attempts {
        var tried: Set<ByteKey> = []
        var notes: [String] = []
        var isTransient = false
        var needsNetwork = false
    }

    private func look(
        at address: String, _ want: Want, _ file: DocumentFile, _ attempts: inout Attempts
    ) async throws -> Finding? {
        // What is relative means something else in another folder.
        let folder = AddressForm(address) == .remoteURL ? "" : Paths.parent(of: file.path)
        guard attempts.tried.insert(ByteKey(folder + " " + address)).inserted else { return nil }
        let shown = Redaction.redacted(String(address.prefix(200)))
        switch await reader.read(address, in: file) {
        case .content(let content):
            guard await BlockingThread.run({ SHA256Digest(of: content.bytes) }) == want.key.digest else {
                attempts.notes.append("'\(shown)' leads to other bytes")
                return nil
            }
            let ours = workspace.remote?.owns(address) == true ? address : nil
            return try await prepared(content.bytes, want, ours)
        case .problem(let problem):
            attempts.isTransient = attempts.isTransient || problem.isTransient
            attempts.notes.append("'\(shown)': \(problem.notes.last ?? problem.headline)")
        case .needsNetwork: attempts.needsNetwork = true
        }
        return nil
    }

    private func storedBytes(_ want: Want) -> [UInt8]? {
        guard let blobs = workspace.blobs else { return nil }
        let limit = workspace.settings.importLimits.maxBytes
        if let path = blobs.findAnywhere(want.key.digest),
            let bytes = try? blobs.read(path, expecting: want.key.digest, limit: limit)
        {
            return bytes
        }
        // Clean-up took away what a document names after all.
        return blobs.retired(want.key.digest, limit: limit)
    }

    private func addresses(of want: Want) throws -> [String] {
        var addresses = want.addresses
        if let catalog = workspace.catalog {
            addresses += try catalog.read { reader in
                var known: [String] = []
                if let row = want.asset.row {
                    known = [row.localPath].compactMap { $0 } + (try reader.remoteURLs(of: row.id))
                    known += try reader.sourceURLs(of: row.id)
                }
                // What a document of an earlier run told.
                return known + [try reader.waitingDownload(sha256: want.key.digest)?.remoteURL].compactMap { $0 }
            }
        }
        var seen: Set<ByteKey> = []
        return addresses.filter { seen.insert(ByteKey($0)).inserted }
    }

    private func prepared(_ bytes: [UInt8], _ want: Want, _ remoteURL: String?) async throws -> Finding {
        guard let importer = workspace.importer else { return .planned }
        do {
            let asset = try await importer.prepareStored(bytes, expecting: want.key.digest, book: want.key.book)
            return .bytes(asset, remoteURL: remoteURL)
        } catch let error where error.concernsPicture {
            return .none(.unusable(error.problem))
        }
    }

    // MARK: What was found

    /// Takes in what was found.
    /// - Returns: what that means for mentions of what was not found, or would be looked for elsewhere.
    private func commit(_ findings: [(Want, Finding)]) throws -> [Want.Key: Verdict] {
        var verdicts: [Want.Key: Verdict] = [:]
        var found: [(want: Want, asset: PreparedAsset, remoteURL: String?)] = []
        for (want, finding) in findings {
            switch finding {
            case .bytes(let asset, let remoteURL): found.append((want, asset, remoteURL))
            case .none(let verdict): if want.isNeeded { verdicts[want.key] = verdict }
            case .planned: if want.isNeeded { verdicts[want.key] = .planned }
            }
        }
        guard let importer = workspace.importer, let catalog = workspace.catalog, !found.isEmpty else {
            return verdicts
        }
        let imported = try importer.commit(found.map(\.asset), remote: workspace.remote?.name.rawValue)
        workspace.tally.add(imported)
        guard let remote = workspace.remote else { return verdicts }
        try catalog.write { writer in
            for (finding, result) in zip(found, imported) {
                guard let url = finding.remoteURL, remote.serves(url, result.asset, book: finding.want.key.book) else {
                    continue
                }
                let key = UploadKey(
                    assetID: result.asset.id, bookID: finding.want.key.book, remote: remote.name.rawValue)
                try writer.markUploaded(key, remoteID: finding.want.asset.told?.remoteID, remoteURL: url)
            }
        }
        return verdicts
    }
}
