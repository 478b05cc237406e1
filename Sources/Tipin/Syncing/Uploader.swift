internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// Sends blobs to the remote: a lease each, so that two runs never send the same one, and three tries within 30
/// seconds (RULES "Status").
struct Uploader: Sendable {
    let catalog: Catalog
    let blobs: BlobStore
    let remote: any Remote
    /// Which pictures may be sent.
    let positions: PositionRule
    /// Uploads at a time (`uploadConcurrency`).
    let concurrency: Int
    let pause: @Sendable (Duration) async throws -> Void

    /// Seconds for what comes before a transfer, the pause before the next try, and what comes after.
    private static let margin = 120.0

    enum Outcome: Sendable {
        case uploaded(CopyAtRemote?)
        case failed(Problem)
        /// Another run sends it at this moment.
        case elsewhere
    }

    /// - Parameter roles: what assets will be linked as, beside the links that stand.
    func upload(_ keys: [UploadKey], roles: [UploadKey: Set<String>] = [:]) async -> [UploadKey: Outcome] {
        let outcomes = await keys.concurrentMap(limit: concurrency) { key in
            (key, await self.upload(key, roles: roles[key] ?? []))
        }
        return Dictionary(outcomes) { first, _ in first }
    }

    private func upload(_ key: UploadKey, roles: Set<String>) async -> Outcome {
        let lease = String(UInt64.random(in: .min ... .max), radix: 16)
        do {
            guard try catalog.write({ try $0.takeLease(key, token: lease, seconds: Self.margin) }) else {
                return .elsewhere
            }
            return try await upload(key, lease, roles)
        } catch {
            try? catalog.write { try $0.releaseLease(key, token: lease) }
            return .failed(error.problem)
        }
    }

    private func upload(_ key: UploadKey, _ lease: String, _ roles: Set<String>) async throws -> Outcome {
        guard let item = try item(for: key, roles) else {
            try catalog.write { try $0.releaseLease(key, token: lease) }
            return .failed(Self.noBytes)
        }
        do {
            guard let copy = try await send(item, key, lease) else { return .elsewhere }
            return try finish(key, copy, lease).get()
        } catch let error as RemoteError {
            let problem = error.problem(while: .uploading)
            // A token that is not accepted says nothing of the asset: the next run with a better one tries it again.
            // Nor does a disk that is full or faulty: it is mended without a word to us.
            var mayBeSentLater = problem.isTransient || error == .unauthorised
            if case .file = error { mayBeSentLater = true }
            try catalog.write { writer in
                _ = try writer.markFailed(
                    key, words: problem.notes.first ?? problem.headline, code: problem.code.rawValue,
                    isTransient: mayBeSentLater, lease: lease)
                // Where another had sent the same bytes meanwhile, the line is none that failed.
                try writer.releaseLease(key, token: lease)
            }
            return .failed(problem)
        }
    }

    private func finish(_ key: UploadKey, _ copy: RemoteCopy, _ lease: String) -> Result<Outcome, RemoteError> {
        do {
            // Another run that took the lease over has sent the same bytes: what counts is that they are there.
            _ = try catalog.write { writer in
                try writer.markUploaded(key, remoteID: copy.id, remoteURL: copy.url, lease: lease)
            }
            return .success(.uploaded(copy.url.map { CopyAtRemote(id: copy.id, url: $0) }))
        } catch {
            return .success(.failed(error.problem))
        }
    }

    /// Each try has the lease for as long as it may take: a slow one must not be sent a second time beside it.
    /// - Returns: `nil` where another run took the lease over.
    private func send(_ item: UploadItem, _ key: UploadKey, _ lease: String) async throws -> RemoteCopy? {
        var schedule = RetrySchedule()
        let seconds = Double(TransferTime.limit(bytes: item.size)) + Self.margin
        while true {
            guard try catalog.write({ try $0.takeLease(key, token: lease, seconds: seconds) }) else { return nil }
            do throws(RemoteError) {
                return try await remote.upload(item)
            } catch {
                guard error.isTransient, !Task.isCancelled,
                    let delay = schedule.next(
                        random: Double.random(in: 0..<1), retryAfterSeconds: error.retryAfterSeconds)
                else { throw error }
                try? await pause(delay)
            }
        }
    }

    /// The bytes are checked once more before they leave: what the disk spoilt must not be published.
    private func item(for key: UploadKey, _ roles: Set<String>) throws -> UploadItem? {
        let facts = try catalog.read { reader -> (Asset, [String], String?)? in
            guard let asset = try reader.asset(id: key.assetID) else { return nil }
            return (
                asset, try reader.tags(of: asset.id, inBook: key.bookID),
                try reader.description(of: asset.id, inBook: key.bookID)
            )
        }
        guard let (asset, tags, description) = facts,
            let path = blobs.find(asset.sha256, preferring: [key.bookID])
        else { return nil }
        let known = roles.subtracting(tags).sorted()
        let bytes = try blobs.read(path, expecting: asset.sha256, limit: .max)
        // The line stays as it is: nothing was tried, and what holds the picture back is the rule of this moment.
        if let problem = try positions.problem(with: asset, bytes: bytes) { throw PictureFailure(problem: problem) }
        return UploadItem(
            bookID: key.bookID, sha256: asset.sha256.description, ext: asset.ext, mime: asset.mime, size: bytes.count,
            path: blobs.absolutePath(of: path),
            tags: known.filter { $0 == "cover" } + tags + known.filter { $0 != "cover" }, description: description)
    }

    static let noBytes = Problem(
        .blobMissing, "image bytes are not here and nowhere to be found",
        notes: ["they were to be uploaded"], help: RemoteProblems.bringBack)
}
