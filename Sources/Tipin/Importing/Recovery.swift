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
    let presences: PresenceCache

    func run(_ outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        let missing = try await BlockingThread.run(throwing: { [outcomes] in try missingAssets(outcomes, works) })
        let wanted = await missing.concurrentMap(limit: workspace.host.jobs) { await settled($0) }.compactMap { $0 }
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
        var need: Need
        /// In documents that lose them, or that lead to this machine's files.
        var held: [String]
        /// At our remote, as documents tell.
        var told: [String] = []
        /// At our remote, as the catalog and documents tell: with one of them there the bytes are not needed.
        var copies: [CopyAtRemote] = []
        /// Where the remote was looked at and has none of them: why, in words, for each of them.
        var absences: [String] = []
    }

    private enum Need {
        /// The mention is done without them; they are taken where they are in hand.
        case none
        /// Whether the mention is done without them, another stage says.
        case sought
        /// The mention cannot be done without them.
        case required
    }

    /// Those whose bytes are not here, whoever needs them.
    private func missingAssets(_ outcomes: [[MentionOutcome]], _ works: [WorkDocument]) throws -> [Want] {
        var missing: [Want.Key: Int] = [:]
        var here: Set<Want.Key> = []
        var wants: [Want] = []
        for (work, outcomes) in zip(works, outcomes) {
            for (mention, outcome) in zip(work.loaded.collected.mentions, outcomes) {
                guard let asset = outcome.asset else { continue }
                let key = Want.Key(digest: asset.sha256, book: work.book)
                // An address at our remote is good, bytes in hand are better.
                let held = Self.held(work, mention) + [asset.told?.localPath].compactMap { $0 }
                if let place = missing[key] {
                    wants[place].held += held
                    wants[place].told += [asset.told?.remoteURL].compactMap { $0 }
                } else if try here.contains(key) || isHere(asset, work.book) {
                    here.insert(key)
                } else {
                    missing[key] = wants.count
                    var want = Want(key: key, asset: asset, file: work.file, need: .none, held: held)
                    want.told = [asset.told?.remoteURL].compactMap { $0 }
                    want.copies = try copies(of: asset, work.book)
                    if want.copies.isEmpty { want.need = .required }
                    wants.append(want)
                }
            }
        }
        return wants
    }

    /// - Returns: `nil` where nothing is to be done.
    private func settled(_ want: Want) async -> Want? {
        var want = want
        if want.need == .none, let absences = await absences(of: want) {
            // A stage that asks the remote itself says best what is not there.
            want.need = options.profile == .publish ? .sought : .required
            want.absences = absences
        }
        return want.need != .none || !want.held.isEmpty || !search.isEmpty ? want : nil
    }

    /// Why each copy is not where it is said to be; `nil` where one is, or may be. Only a folder is looked at: to ask a
    /// server for every picture in every run would take too long. What the catalog does not know another device sent,
    /// to a folder that may not be here.
    private func absences(of want: Want) async -> [String]? {
        guard want.asset.row != nil else { return nil }
        guard let remote = workspace.remote, remote.name.isFolder, options.verifiesRemote else { return nil }
        var absences: [String] = []
        for copy in want.copies {
            let presence = await presences.presence(
                of: copy, at: remote, sha256: want.key.digest.description, size: want.asset.row?.knownSize)
            guard let words = presence.absence(at: copy.url) else { return nil }
            // A document may tell the address that the catalog knows.
            if !absences.contains(words) { absences.append(words) }
        }
        return absences
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

    /// Where the bytes are said to be, so that they are not needed here; empty where they are.
    private func copies(of asset: ResolvedAsset, _ book: String) throws -> [CopyAtRemote] {
        guard workspace.blobs?.find(asset.sha256, books: [book]) == nil, !options.fetchesKnownAssets else { return [] }
        var copies: [CopyAtRemote] = []
        // An address at our own remote is as good as the bytes, until it is published: then it must have been asked.
        if options.profile != .publish, let url = asset.told?.remoteURL, workspace.remote?.owns(url) == true {
            copies.append(CopyAtRemote(id: nil, url: url, isVouchedFor: false))
        }
        guard let row = asset.row, let catalog = workspace.catalog else { return copies }
        let known = try catalog.read { reader in
            try CopyAtRemote.find(of: row, book: book, remote: workspace.remote, reader)
        }
        return copies + [known].compactMap { $0 }
    }

    // MARK: Where it is

    private enum Finding: Sendable {
        case bytes(PreparedAsset, remoteURL: String?)
        case none(RecoveryVerdict)
        /// A dry run takes nothing in and asks no hosts.
        case planned
    }

    private func find(_ want: Want) async throws -> Finding {
        if let bytes = await BlockingThread.run({ storedBytes(want) }) { return try await prepared(bytes, want, nil) }
        var attempts = Attempts()
        attempts.notes = want.absences
        for address in want.need == .none ? want.held : try addresses(of: want) {
            if let found = try await look(at: address, want, want.file, &attempts) { return found }
        }
        if want.need != .none, let others {
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
        // What a folder does not have the network need not be asked for.
        if !want.absences.isEmpty, want.copies.contains(where: { $0.url.hasSameBytes(as: address) }) { return nil }
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
            attempts.notes.append(Self.words(shown, problem))
        case .needsNetwork: attempts.needsNetwork = true
        }
        return nil
    }

    /// Why an address did not help, said of it once: many notes name it themselves.
    private static func words(_ address: String, _ problem: Problem) -> String {
        let name = "'\(address)'"
        guard let note = problem.notes.last, note != name, note.hasPrefix(name) || !note.contains(name) else {
            return "\(name): \(problem.headline)"
        }
        return note.hasPrefix(name) ? note : "\(name): \(note)"
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
        var addresses = want.held + want.told + [want.asset.agreedAddress].compactMap { $0 }
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
    private func commit(_ findings: [(Want, Finding)]) throws -> [Want.Key: RecoveryVerdict] {
        var verdicts: [Want.Key: RecoveryVerdict] = [:]
        var found: [(want: Want, asset: PreparedAsset, remoteURL: String?)] = []
        for (want, finding) in findings {
            switch finding {
            case .bytes(let asset, let remoteURL): found.append((want, asset, remoteURL))
            case .none(let verdict): if want.need == .required { verdicts[want.key] = verdict }
            case .planned: if want.need == .required { verdicts[want.key] = .planned }
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
