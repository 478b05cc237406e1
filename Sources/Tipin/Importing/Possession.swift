internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Completes resolved assets with what is in hand: the row, the blob in the book's own folder, the copy at the remote.
struct Possession: Sendable {
    let workspace: Workspace
    /// Whether an asset that another book brought in gets an entry in this book.
    let adds: Bool

    func complete(_ outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        var aliases: [AssetAlias: Set<String>] = [:]
        var missingEntries: [Key: Asset] = [:]
        let places = outcomes.indices.flatMap { work in
            outcomes[work].indices.filter { outcomes[work][$0].isAsset }.map { Place(work: work, mention: $0) }
        }
        for part in places.split(into: 1, limit: Self.chunk * workspace.host.jobs) {
            let known = try await facts(of: part, outcomes, works)
            for place in part {
                guard var asset = outcomes[place.work][place.mention].asset else { continue }
                let work = works[place.work]
                if let facts = known[Key(digest: asset.sha256, book: ByteKey(work.book))] {
                    if asset.row == nil { asset.row = facts.row }
                    asset.blobPath = facts.path
                    asset.copy = facts.copy ?? told(asset)
                }
                // A digest alone makes no asset: a command that brings bytes here would have found them.
                if asset.isNamedByDigest, asset.row == nil, asset.blobPath == nil, !adds {
                    outcomes[place.work][place.mention].resolution = .left(Import.notImported)
                    continue
                }
                if let row = asset.row, asset.blobPath != nil { workspace.uses?.note(row.id) }
                if let row = asset.row, !row.id.hasSameBytes(as: asset.documentID) {
                    let alias = AssetAlias(
                        id: ByteKey(asset.documentID), book: ByteKey(work.book), document: ByteKey(work.id))
                    aliases[alias, default: []].insert(row.id)
                }
                outcomes[place.work][place.mention].resolution = .asset(asset)
            }
            for (key, facts) in known where facts.path != nil && !facts.isInBook { missingEntries[key] = facts.row }
        }
        try addLinkedRoles(to: &outcomes, works)
        guard adds, workspace.importer != nil else { return }
        let missing = missingEntries.sorted { ($0.key.book, $0.key.digest) < ($1.key.book, $1.key.digest) }
            .map { ($0.value, $0.key.book.text) }
        let downloads = downloads(of: outcomes, works)
        try await BlockingThread.run(throwing: { [aliases] in
            try addEntries(missing)
            try record(aliases)
            try record(downloads)
        })
    }

    /// For entries that a manifest does not have yet: a link of the app tells more than the place of a node.
    private func addLinkedRoles(to outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) throws {
        guard let catalog = workspace.catalog else { return }
        let roles = try catalog.read { reader in
            let asked = zip(works, outcomes).map { work, outcomes in
                zip(work.loaded.collected.mentions, outcomes).map { Self.linkedPair($0, $1, in: work) }
            }
            try reader.fetchAhead(unmarkedRolesOf: asked.joined().compactMap(\.self))
            return try zip(works, asked).map { work, asked in
                try zip(work.loaded.collected.mentions, asked).map { mention, pair -> String? in
                    guard let pair else { return nil }
                    let roles = try reader.rolesWithoutMark(of: pair.assetID, for: pair.entity)
                    return roles.contains(work.loaded.collected.role(of: mention).rawValue) ? nil : roles.first
                }
            }
        }
        for (index, roles) in roles.enumerated() {
            for (mention, role) in roles.enumerated() {
                guard let role, var asset = outcomes[index][mention].asset else { continue }
                asset.linkedRole = role
                outcomes[index][mention].resolution = .asset(asset)
            }
        }
    }

    /// The asset of a node whose role the document does not tell, and the entity that the node belongs to.
    private static func linkedPair(
        _ mention: Mention, _ outcome: MentionOutcome, in work: WorkDocument
    ) -> (assetID: String, entity: Entity)? {
        guard mention.site == .node, let asset = outcome.asset, asset.told?.role == nil, let row = asset.row else {
            return nil
        }
        return (row.id, work.loaded.collected.entity(of: mention) ?? Entity(type: .book, id: work.book))
    }

    /// One of our own remote's addresses that stands in the document is kept.
    private func told(_ asset: ResolvedAsset) -> CopyAtRemote? {
        guard let told = asset.told, let url = told.remoteURL, workspace.remote?.owns(url) == true else { return nil }
        return CopyAtRemote(id: told.remoteID, url: url, isVouchedFor: false)
    }

    /// What documents tell of assets whose bytes were never here waits for `sync`.
    private func downloads(of outcomes: [[MentionOutcome]], _ works: [WorkDocument]) -> [WaitingDownload] {
        var waiting: [SHA256Digest: WaitingDownload] = [:]
        for (work, outcomes) in zip(works, outcomes) {
            for asset in outcomes.compactMap(\.asset) where asset.row == nil && asset.blobPath == nil {
                guard let told = asset.told, let url = told.remoteURL, waiting[told.sha256] == nil else { continue }
                waiting[told.sha256] = WaitingDownload(
                    sha256: told.sha256, book: work.book, remoteURL: url, assetID: told.id, remoteID: told.remoteID,
                    mime: told.mime)
            }
        }
        return waiting.values.sorted { $0.sha256 < $1.sha256 }
    }

    private func record(_ downloads: [WaitingDownload]) throws {
        guard let catalog = workspace.catalog, !downloads.isEmpty else { return }
        try catalog.write { writer in for download in downloads { try writer.recordDownload(download) } }
    }

    /// Ids that a document gave by itself are kept, for that document. Where two copies of it call different pictures
    /// by one id, neither is believed.
    private func record(_ aliases: [AssetAlias: Set<String>]) throws {
        let told = aliases.compactMap { alias, assets in
            assets.count == 1 && !workspace.contestedAliases.contains(alias) ? assets.first.map { (alias, $0) } : nil
        }
        guard let catalog = workspace.catalog, !told.isEmpty else { return }
        let new = try catalog.read { reader in
            try told.filter { alias, assetID in
                let standing = try reader.alias(
                    id: alias.id.text, book: alias.book.text, document: alias.document.text)
                return standing?.id != assetID
            }
        }
        guard !new.isEmpty else { return }
        workspace.tally.noteName()
        try catalog.write { writer in
            for (alias, assetID) in new.sorted(by: { ($0.0.document, $0.0.id) < ($1.0.document, $1.0.id) }) {
                try writer.setAlias(
                    id: alias.id.text, book: alias.book.text, document: alias.document.text, assetID: assetID)
            }
        }
    }

    /// Mentions for each job that are completed in one go: what is fetched for them is in memory until then, and a book
    /// has tens of thousands.
    private static let chunk = 2048

    /// Where a mention stands: the number of its document and its own.
    private struct Place: Sendable {
        var work: Int
        var mention: Int
    }

    private struct Key: Hashable {
        var digest: SHA256Digest
        var book: ByteKey
    }

    private struct Facts {
        var row: Asset?
        /// Absolute.
        var path: String?
        var isInBook = false
        var copy: CopyAtRemote?
    }

    /// Of each asset in each book once.
    private func facts(
        of places: [Place], _ outcomes: [[MentionOutcome]], _ works: [WorkDocument]
    ) async throws -> [Key: Facts] {
        var facts: [Key: Facts] = [:]
        for place in places {
            guard case .asset(let asset) = outcomes[place.work][place.mention].resolution else { continue }
            let key = Key(digest: asset.sha256, book: ByteKey(works[place.work].book))
            if facts[key]?.row == nil { facts[key, default: Facts()].row = asset.row }
        }
        let jobs = workspace.host.jobs
        let parts = try await Array(facts).split(into: jobs).concurrentMap(limit: jobs) { part in
            let known = part.map { ($0.key, $0.value) }
            guard let catalog = workspace.catalog else { return complete(known) }
            return try catalog.readBeside { try complete(known, $0) }
        }
        for (key, found) in parts.joined() { facts[key] = found }
        return facts
    }

    /// Without a catalog.
    private func complete(_ known: [(Key, Facts)]) -> [(Key, Facts)] {
        let finder = BlobFinder(workspace.blobs)
        return known.map { key, facts in
            var facts = facts
            lookForBlob(key, &facts, finder, books: { [] })
            return (key, facts)
        }
    }

    /// The catalog's part in one go.
    private func complete(_ known: [(Key, Facts)], _ reader: CatalogReader) throws -> [(Key, Facts)] {
        let finder = BlobFinder(workspace.blobs)
        try reader.fetchAhead(assets: known.filter { $0.1.row == nil }.map(\.0.digest))
        try reader.fetchAhead(uploadsOf: known.compactMap { $0.1.row?.id })
        return try known.map { key, facts in
            var facts = facts
            if facts.row == nil { facts.row = try reader.asset(sha256: key.digest) }
            let row = facts.row
            if let row {
                facts.copy = try CopyAtRemote.find(of: row, book: key.book.text, remote: workspace.remote, reader)
            }
            try lookForBlob(key, &facts, finder) { try row.map { try reader.books(of: $0.id) } ?? [] }
            return (key, facts)
        }
    }

    private func lookForBlob(
        _ key: Key, _ facts: inout Facts, _ finder: BlobFinder, books: () throws -> [String]
    ) rethrows {
        let found = try finder.find(key.digest, book: key.book, ext: facts.row?.ext, others: books)
        facts.path = found.flatMap { workspace.blobs?.absolutePath(of: $0.path) }
        facts.isInBook = found?.isInBook ?? false
    }

    /// Another book's bytes get a second name in this one's folder, so that each folder is whole by itself.
    private func addEntries(_ entries: [(asset: Asset, book: String)]) throws {
        guard !entries.isEmpty, let importer = workspace.importer else { return }
        try importer.addToBooks(entries, remote: workspace.remote?.name.rawValue)
    }
}
