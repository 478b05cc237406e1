internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `assets gc`: what nothing refers to goes into quarantine, and what can be fetched again makes room (PRD 13).
///
/// Unused is what no link, no plan, no upload under way, no document named and no run that may be undone refers to, and
/// was not for the grace period. Each step is dropped in the order references, row, file.
package struct CleanRun: Sendable {
    let workspace: Workspace
    let options: CleanOptions
    let catalog: Catalog
    let blobs: BlobStore

    /// Rows that go in one transaction.
    private static let batch = 200
    /// For so long what was removed can be brought back, in milliseconds: 30 days.
    private static let quarantineLife: Int64 = 30 * 86_400_000

    /// - Throws: `CatalogError.missing` where there is no store.
    package init(_ workspace: Workspace, _ options: CleanOptions) throws {
        self.workspace = workspace
        self.options = options
        catalog = try workspace.standingCatalog()
        blobs = try workspace.standingBlobs()
    }

    /// - Parameters:
    ///   - lines: read in place of the documents, where it is given.
    ///   - each: gets what is done, or would be, in order.
    /// - Throws: `CleanError` where nothing may be cleaned up; then nothing was.
    package func run(lines: LineSource? = nil, each: (CleanedItem) -> Void) async throws -> CleanSum {
        // Nothing goes for good in the run that removes it, whatever the clock says.
        let expired = try ExpiredAsset.all(in: blobs) { isOld($0, Self.quarantineLife) }
        let roots = try await readDocuments(lines, expired)
        var sum = CleanSum()
        sum.documents = roots.count
        sum.otherFiles = roots.otherCount
        sum.dataFolder = blobs.folder.path
        var items = CleanSum()
        func take(_ item: CleanedItem) {
            items.add(item)
            each(item)
        }
        let dropped = try options.completeBooks.flatMap { try dropLinks(ofBook: $0, roots, take) }
        var left = try findUnused(roots, without: dropped, &sum)
        let places = try blobs.places()
        while !left.assets.isEmpty { try removeSome(of: &left, roots, places, &sum, take) }
        try await sweepFolders(roots, places, &sum, take)
        try await eviction.run(
            exceeding: options.maxCacheBytes ?? workspace.settings.maxCacheBytes, places, &sum, take)
        try forget(expired, roots, &sum, take)
        (sum.counts, sum.bytes) = (items.counts, items.bytes)
        return sum
    }

    private var eviction: Eviction {
        Eviction(workspace: workspace, catalog: catalog, blobs: blobs, deletes: options.deletes)
    }

    private var now: Int64 { workspace.host.clock.now() }

    /// Whether the time is so long past. One in the future was written before the clock jumped back, or is about to be
    /// past long; both are young.
    private func isOld(_ time: Int64, _ life: Int64) -> Bool { time <= now - life }

    // MARK: Roots

    /// - Parameter expired: what documents may name, too.
    private func readDocuments(_ lines: LineSource?, _ expired: [ExpiredAsset]) async throws -> DocumentRoots {
        let known = options.documents.isEmpty ? [] : try catalog.read { try $0.knownIDs() } + expired.flatMap(\.ids)
        var roots = DocumentRoots(knownAs: known)
        for group in options.documents { try await roots.read(group, host: workspace.host, lines: lines) }
        guard roots.failures.isEmpty else { throw CleanError.documentsUnread(roots.failures) }
        guard options.documents.isEmpty || roots.count > 0 else { throw CleanError.noDocuments(isStream: lines != nil) }
        for book in options.completeBooks {
            guard roots.hasDocuments(ofBook: book) else { throw CleanError.noDocumentsOfBook(book) }
            let left = try catalog.read { try $0.marks(ofBook: book) }.filter { !roots.has($0) && isThere($0, roots) }
            guard left.isEmpty else { throw CleanError.setIncomplete(book, left.map { "\($0.kind) '\($0.document)'" }) }
        }
        return roots
    }

    /// Whether a document that made links and was not read is known to be there all the same: the book's own, as long
    /// as there are documents of it, and one without an id whose file stands where it stood.
    private func isThere(_ mark: DocumentMark, _ roots: DocumentRoots) -> Bool {
        if mark.kind == CollectedDocument.Kind.book.rawValue, mark.document.hasSameBytes(as: mark.book) { return true }
        // One of several lines is named by its number too.
        let path = mark.document.replacing(/:[0-9]+$/, with: "")
        guard DocumentWalk.isDocumentName(Paths.name(of: path)), !roots.hasFile(path) else { return false }
        let folder = workspace.settings.folder ?? workspace.host.workingFolder
        return Paths.isRegularFile(Paths.absolute(path, relativeTo: folder))
    }

    /// Somebody may have saved a document since it was read.
    private func checkDocuments(_ roots: DocumentRoots) throws {
        if let path = roots.changedDocument() { throw CleanError.documentChanged(path) }
    }

    // MARK: References

    /// - Returns: the links that no document makes any more; in a dry run they stand.
    private func dropLinks(
        ofBook book: String, _ roots: DocumentRoots, _ take: (CleanedItem) -> Void
    ) throws -> [AssetLink] {
        let stale = try catalog.read { reader in
            var stale: [(link: AssetLink, mark: DocumentMark)] = []
            try reader.forEachMark(ofBook: book) { link, mark in
                guard let asset = try reader.asset(id: link.assetID) else { return }
                if roots.has(mark), try roots.named.mayName(asset.id, asset.sha256, reader) { return }
                let times = try [link.createdAt, link.updatedAt].map { try reader.milliseconds(of: $0) }
                guard times.allSatisfy({ $0.map { isOld($0, workspace.settings.graceMilliseconds) } ?? false }) else {
                    return
                }
                stale.append((link, mark))
            }
            return stale
        }
        guard !stale.isEmpty else { return [] }
        let byLink = Dictionary(grouping: stale) { ByteKey($0.link.id) }
        let dropped = try catalog.read { reader in
            try byLink.values.compactMap { dropped -> AssetLink? in
                guard let link = dropped.first?.link else { return nil }
                return try reader.marks(of: link.id).allSatisfy(dropped.map(\.mark).contains) ? link : nil
            }
        }
        if options.deletes {
            try checkDocuments(roots)
            try catalog.write { writer in for (link, mark) in stale { try writer.dropMark(mark, from: link) } }
        }
        for (link, mark) in stale {
            guard let asset = try catalog.read({ try $0.asset(id: link.assetID) }) else { continue }
            let words = "\(link.role) of \(link.entity.type.rawValue) '\(link.entity.id)'"
            take(
                CleanedItem(
                    .unlink, asset.id, asset.sha256, bytes: 0,
                    reason: "\(words) was made by \(mark.kind) '\(mark.document)', which does not name it any more"))
        }
        return dropped
    }

    /// - Parameter dropped: links that are gone, or would be; what they linked was used until now.
    private func findUnused(
        _ roots: DocumentRoots, without dropped: [AssetLink], _ sum: inout CleanSum
    ) throws -> Unnamed {
        let unlinked = Set(dropped.map { ByteKey($0.assetID) })
        let (unused, young) = try catalog.read { reader in
            let kept = try KeptAssets(blobs.folder, reader)
            var found: [UnusedAsset] = []
            try reader.forEachUnusedAsset(without: dropped.map(\.id)) { asset in
                guard kept.keepers(of: asset.id, asset.sha256).isEmpty,
                    try !roots.named.mayName(asset.id, asset.sha256, reader)
                else { return }
                found.append(asset)
            }
            let unnamed = try Unnamed(found[...], reader)
            let old = unnamed.filter { asset in
                let time = unlinked.contains(ByteKey(asset.id)) ? now : asset.lastUse
                return time.map { isOld($0, workspace.settings.graceMilliseconds) } ?? false
            }
            return (old, unnamed.assets.count - old.assets.count)
        }
        sum.young = young
        return unused
    }

    // MARK: Rows, then files

    private typealias Places = Eviction.Places

    /// - Parameter left: loses the first of them, and those that the app names meanwhile.
    private func removeSome(
        of left: inout Unnamed, _ roots: DocumentRoots, _ places: Places, _ sum: inout CleanSum,
        _ take: (CleanedItem) -> Void
    ) throws {
        let batch = left.assets.prefix(Self.batch)
        var removed = Array(batch)
        if options.deletes {
            try checkDocuments(roots)
            for asset in batch { try blobs.keepRecord(RemovedAsset.record(of: asset.id, catalog), of: asset.sha256) }
            let (ids, before) = (Set(batch.map { ByteKey($0.id) }), left)
            let (current, removals) = try catalog.write { writer in
                let current = try before.looked(again: writer.reader)
                let unnamed = current.assets.prefix { ids.contains(ByteKey($0.id)) }
                return (current, try unnamed.map { (asset: $0, removal: try writer.removeUnused($0)) })
            }
            left = Unnamed(current, dropping: removals.count)
            removed = removals.filter { $0.removal == .removed }.map(\.asset)
            for case .refused(let words) in removals.map(\.removal) { sum.sayOnce(Diagnostic(Self.kept(words))) }
            for asset in removed { try blobs.retire(asset.sha256, in: places[asset.sha256] ?? []) }
        } else {
            left = Unnamed(left, dropping: batch.count)
        }
        for asset in removed {
            take(
                CleanedItem(
                    .remove, asset.id, asset.sha256, bytes: asset.size,
                    reason: "nothing refers to it and it was never uploaded"))
        }
    }

    private static func kept(_ words: String) -> Problem {
        Problem(
            .rowKept, "rows that nothing refers to stay, because the catalog keeps them",
            notes: ["a trigger or a constraint of the app's says '\(Redaction.printable(words))'"],
            help: ["remove in the app what keeps them, or leave them to it"])
    }

    /// Bytes that a killed import, or this clean-up when it was killed, left without a row; and those that were to make
    /// room.
    private func sweepFolders(
        _ roots: DocumentRoots, _ places: Places, _ sum: inout CleanSum, _ take: (CleanedItem) -> Void
    ) async throws {
        var strays = places
        let (evicted, unreadable) = try catalog.read { reader in
            if !strays.isEmpty { try reader.forEachDigest { digest in strays[digest] = nil } }
            return (try reader.evictedAssets(), try reader.unreadableRows())
        }
        if !unreadable.isEmpty, !strays.isEmpty {
            // Any of them may be what such a row spoke of.
            strays = [:]
            sum.say(Diagnostic(UnreadableRows.standing(unreadable), severity: .warning))
        }
        for (digest, folders) in strays.sorted(by: { $0.key < $1.key }) where !roots.named.contains(digest) {
            guard let facts = blobs.facts(of: digest, in: folders),
                isOld(facts.changed, workspace.settings.graceMilliseconds)
            else {
                continue
            }
            if options.deletes { try removeStray(digest, facts, in: folders) }
            take(
                CleanedItem(
                    .removeStray, nil, digest, bytes: facts.size,
                    reason: facts.isThumbnailsOnly
                        ? "thumbnails of a picture that is gone" : "the catalog has no row for these bytes"))
        }
        try await eviction.finish(evicted, places, &sum, take)
        guard options.deletes else { return }
        try catalog.write { writer in
            try writer.forgetStrayThumbnails()
            try writer.clearEvictionsOfPresent()
        }
    }

    private func removeStray(_ digest: SHA256Digest, _ facts: BlobFacts, in folders: [String]) throws {
        if facts.isThumbnailsOnly { return try blobs.removeThumbnails(of: digest, in: folders) }
        // A run that was killed between row and file wrote a better one.
        if blobs.record(of: digest) == nil {
            try blobs.keepRecord(RemovedAsset.record(ofStray: digest), of: digest)
        }
        try blobs.retire(digest, in: folders)
    }

    // MARK: Out of quarantine

    /// What something came to name since it was removed waits there until it is brought back.
    private func forget(
        _ expired: [ExpiredAsset], _ roots: DocumentRoots, _ sum: inout CleanSum, _ take: (CleanedItem) -> Void
    ) throws {
        guard !expired.isEmpty else { return }
        if options.deletes { try checkDocuments(roots) }
        let needed = try catalog.read { try ExpiredAsset.needed(of: expired, namedBy: roots.named, blobs, $0) }
        for asset in expired {
            // A record alone was written for what was then kept after all.
            let hasBytes = asset.size > 0
            guard !hasBytes || !needed.contains(asset.digest) else {
                sum.waiting += 1
                continue
            }
            if options.deletes { try blobs.forget(asset.digest) }
            guard hasBytes else { continue }
            take(CleanedItem(.forget, nil, asset.digest, bytes: asset.size, reason: "in quarantine for 30 days"))
        }
    }
}
