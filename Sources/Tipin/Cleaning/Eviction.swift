internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles
internal import TipinSync

/// Makes room: bytes go that the remote has at this moment, read there and compared. Where it has not they are perhaps
/// the last ones, and stay.
struct Eviction: Sendable {
    let workspace: Workspace
    let catalog: Catalog
    let blobs: BlobStore
    /// Whether it is done; else it is only said, and no network used.
    let deletes: Bool

    typealias Places = [SHA256Digest: [String]]

    /// Assets for which the remote is asked before any of them goes.
    private static let batch = 32

    private var copies: CopiesAtRemote {
        CopiesAtRemote(catalog, workspace.remote, usesNetwork: workspace.access.reachesRemote, comparesBytes: true)
    }

    /// - Parameter limit: bytes that all of it may take.
    func run(
        exceeding limit: Int, _ places: Places, _ sum: inout CleanSum, _ take: (CleanedItem) -> Void
    ) async throws {
        var queue = try catalog.read { try $0.evictionQueue(exceeding: limit) }
        while true {
            try Task.checkCancellation()
            let candidates = queue.next(Self.batch)
            guard !candidates.isEmpty else { return }
            let assets = try catalog.read { try $0.assets(of: candidates) }
            let verdict = try await judge(assets, &sum)
            for asset in verdict.stays { queue.keep(asset.size) }
            let removed = try remove(verdict.goes, places)
            // Somebody put one of them to use meanwhile.
            let ids = Set(removed.map(\.asset.id))
            for (asset, _) in verdict.goes where !ids.contains(asset.id) { queue.keep(asset.size) }
            for (asset, words) in removed {
                take(
                    CleanedItem(
                        .evict, asset.id, asset.sha256, bytes: asset.size, reason: "used longest ago, and \(words)"))
            }
            // Whoever gives no answer for so many gives none for the others either, and each may take a minute.
            guard verdict.isAnswered else { return }
        }
    }

    /// Removes what a killed clean-up left of what was to make room.
    func finish(
        _ assets: [UnusedAsset], _ places: Places, _ sum: inout CleanSum, _ take: (CleanedItem) -> Void
    ) async throws {
        let standing = assets.compactMap { asset in
            places[asset.sha256].flatMap { blobs.find(in: $0) }.map { (asset: asset, entry: $0) }
        }
        for start in stride(from: 0, to: standing.count, by: Self.batch) {
            let batch = standing[start..<min(start + Self.batch, standing.count)]
            let verdict = try await judge(batch.map(\.asset), &sum)
            for (asset, words) in verdict.goes {
                let entry = batch.first { $0.asset.id == asset.id }?.entry
                let size = try entry.flatMap { try blobs.status(of: $0)?.size } ?? 0
                if deletes { try blobs.evict(asset.sha256, in: places[asset.sha256] ?? []) }
                take(
                    CleanedItem(
                        .evict, asset.id, asset.sha256, bytes: size, reason: "it was to make room before, and \(words)")
                )
            }
            guard verdict.isAnswered else { return }
        }
    }

    private func remove(
        _ assets: [(asset: UnusedAsset, words: String)], _ places: Places
    ) throws -> [(asset: UnusedAsset, words: String)] {
        guard deletes, !assets.isEmpty else { return assets }
        let removed = try catalog.write { writer in try assets.filter { try writer.evict($0.asset) } }
        for (asset, _) in removed { try blobs.evict(asset.sha256, in: places[asset.sha256] ?? []) }
        return removed
    }

    // MARK: What the remote says

    private struct Verdict {
        /// Each with what the remote says.
        var goes: [(asset: UnusedAsset, words: String)] = []
        var stays: [UnusedAsset] = []
        /// Whether there was any answer.
        var isAnswered = false
    }

    private func judge(_ assets: [UnusedAsset], _ sum: inout CleanSum) async throws -> Verdict {
        let copies = copies
        let limit = workspace.remote?.name.isFolder == true ? workspace.host.jobs : workspace.settings.uploadConcurrency
        let answers = try await assets.concurrentMap(limit: limit) { [catalog] asset -> CopiesAtRemote.Answer in
            guard let row = try catalog.read({ try $0.asset(id: asset.id) }) else { return .none }
            return try await copies.ask(for: row)
        }
        var verdict = Verdict()
        for (asset, answer) in zip(assets, answers) {
            switch answer {
            // The bytes here are those of all books, so each of their copies must be there.
            case .asked(let found) where !found.gone.isEmpty:
                verdict.stays.append(asset)
                if deletes { try copies.forget(found.gone) }
                sum.say(Self.gone(asset, found.gone))
            case .asked(let found):
                guard let error = found.failure else {
                    verdict.goes.append((asset, "the remote has it"))
                    break
                }
                verdict.stays.append(asset)
                sum.sayOnce(Self.unknown(error))
                if !found.hasSome { continue }
            case .unasked: verdict.goes.append((asset, "the remote is said to have it"))
            case .none:
                verdict.stays.append(asset)
                sum.sayOnce(Self.nobody)
                if workspace.remote == nil { continue }
            }
            verdict.isAnswered = true
        }
        return verdict
    }

    private static func gone(_ asset: UnusedAsset, _ gone: [CopiesAtRemote.Gone]) -> Diagnostic {
        Diagnostic(
            Problem(
                .remoteMissing, "image is gone from the remote, so its bytes stay here",
                notes: ["asset '\(Redaction.printable(asset.id))', SHA-256 \(asset.sha256)"] + gone.map(\.words),
                help: ["run 'tipin sync': the bytes are here and will be sent"]), severity: .warning)
    }

    private static func unknown(_ error: RemoteError) -> Diagnostic {
        let problem = error.problem(while: .asking)
        return Diagnostic(
            Problem(
                .remoteUnreachable, "remote could not be asked, so bytes stay here that it may have",
                notes: problem.notes, help: problem.help, isTransient: problem.isTransient), severity: .warning)
    }

    private static let nobody = Diagnostic(
        Problem(
            .noRemote, "bytes stay here that only another remote may have",
            notes: ["what is said to be at a remote goes when that remote says so itself"],
            help: ["name the remote with --remote or in tipin.json"]), severity: .warning)
}
