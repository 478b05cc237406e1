internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// The fourth stage: what the documents name is brought to the remote, and each address there is asked for before it
/// is written (RULES "publish").
actor Sync {
    /// Of one asset in one book.
    enum Outcome: Sendable {
        case copy(CopyAtRemote)
        /// Sent to a remote that gives its files no addresses.
        case sent
        case failed(Problem)
    }

    private let catalog: Catalog
    private let blobs: BlobStore
    private let remote: any Remote
    private let uploader: Uploader
    private let options: RunOptions
    private let presences: PresenceCache
    private let pause: @Sendable (Duration) async throws -> Void
    /// What assets will be linked as, where a plan does not link them yet.
    private var plannedRoles: [UploadKey: Set<String>] = [:]
    /// Settled in this run already.
    private var outcomes: [UploadKey: Outcome] = [:]
    private(set) var uploadCount = 0

    /// - Parameter presences: what the run has asked the remote before.
    init?(_ workspace: Workspace, _ options: RunOptions, _ presences: PresenceCache = PresenceCache()) {
        guard let catalog = workspace.catalog, let blobs = workspace.blobs, let remote = workspace.remote else {
            return nil
        }
        self.catalog = catalog
        self.blobs = blobs
        self.remote = remote
        self.options = options
        self.presences = presences
        pause = workspace.host.pause
        uploader = Uploader(
            catalog: catalog, blobs: blobs, remote: remote,
            positions: PositionRule(workspace.settings.importLimits.metadata, catalog),
            concurrency: workspace.settings.uploadConcurrency,
            pause: pause)
    }

    /// Gives each asset that the documents name its copy at the remote, or the reason why it has none.
    func run(_ outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        var wanted: [UploadKey: Asset] = [:]
        for (work, outcomes) in zip(works, outcomes) {
            for (mention, outcome) in zip(work.loaded.collected.mentions, outcomes) {
                guard let row = outcome.asset?.row else { continue }
                let key = key(row, work.book)
                wanted[key] = row
                guard options.destination == .plan else { continue }
                plannedRoles[key, default: []].insert(work.loaded.collected.role(of: mention).rawValue)
            }
        }
        try await settle(wanted)
        for (index, work) in works.enumerated() {
            for mention in outcomes[index].indices {
                guard var asset = outcomes[index][mention].asset, let row = asset.row else { continue }
                switch self.outcomes[key(row, work.book)] {
                case .copy(let copy):
                    asset.copy = copy
                    outcomes[index][mention].resolution = .asset(asset)
                case .failed(let problem):
                    asset.copy = nil
                    asset.syncProblem = problem
                    outcomes[index][mention].resolution = .asset(asset)
                case .sent, nil: continue
                }
            }
        }
    }

    /// All that waits in the catalog, of all books or one (`tipin sync` without PATH).
    func runAll(books: [String]) async throws -> [UploadKey: Outcome] {
        let name = remote.name.rawValue
        let retriesFailed = options.retriesFailed
        let pending = try catalog.write { writer -> [Upload] in
            var uploads: [Upload] = []
            for book in books.isEmpty ? [nil] : books.map(Optional.some) {
                try writer.enqueueUnsent(remote: name, book: book)
                uploads += try writer.reader.pendingUploads(
                    remote: name, book: book, includeFailedTransient: true, includeAllFailed: retriesFailed)
            }
            for upload in uploads where upload.status == .failed { try writer.resetToPending(upload.key) }
            return uploads
        }
        try await upload(pending.map(\.key))
        return outcomes
    }

    private func key(_ row: Asset, _ book: String) -> UploadKey {
        UploadKey(assetID: row.id, bookID: book, remote: remote.name.rawValue)
    }

    private func settle(_ wanted: [UploadKey: Asset]) async throws {
        let keys = wanted.keys.filter { outcomes[$0] == nil }
            .sorted { ($0.bookID, $0.assetID) < ($1.bookID, $1.assetID) }
        var sends: [UploadKey] = []
        for key in keys {
            guard let asset = wanted[key] else { continue }
            if try await needsUpload(key, asset) { sends.append(key) }
        }
        try await upload(sends)
    }

    private func upload(_ keys: [UploadKey]) async throws {
        var waiting = keys
        for round in 0..<3 where !waiting.isEmpty {
            // Another run has the lease: what it sends need not be sent again.
            if round > 0 { try? await pause(.milliseconds(500)) }
            let results = await uploader.upload(waiting, roles: plannedRoles)
            waiting = []
            for (key, result) in results {
                switch result {
                case .uploaded(let copy):
                    uploadCount += 1
                    outcomes[key] = try await outcome(of: copy, key)
                case .failed(let problem): outcomes[key] = .failed(problem)
                case .elsewhere:
                    if let copy = try standingCopy(key) { outcomes[key] = .copy(copy) } else { waiting.append(key) }
                }
            }
        }
        for key in waiting { outcomes[key] = .failed(Self.sentElsewhere) }
    }

    /// A reply is a promise: readers get what answers at the address.
    private func outcome(of copy: CopyAtRemote?, _ key: UploadKey) async throws -> Outcome {
        guard let copy else { return .sent }
        guard options.verifiesRemote, options.profile == .publish,
            let asset = try catalog.read({ try $0.asset(id: key.assetID) })
        else { return .copy(copy) }
        let presence = await remote.presence(
            of: copy.url, id: copy.id, sha256: asset.sha256.description, size: asset.knownSize)
        switch presence {
        case .present: return .copy(copy)
        case .unknown(let error): return .failed(error.problem(while: .asking))
        case .missing, .different:
            _ = try catalog.write { try $0.resetToPending(key) }
            return .failed(Self.notThere(copy.url, presence))
        }
    }

    private static func notThere(_ url: String, _ presence: RemotePresence) -> Problem {
        Problem(
            .remoteMissing, "remote took the image but does not serve it",
            notes: [presence.absence(at: url)].compactMap(\.self),
            help: ["see why the remote does not serve what it took, then run again"], isTransient: true)
    }

    private func standingCopy(_ key: UploadKey) throws -> CopyAtRemote? {
        guard let line = try catalog.read({ try $0.upload(key) }), line.status == .uploaded else { return nil }
        return line.remoteURL.map { CopyAtRemote(id: line.remoteID, url: $0) }
    }

    // MARK: One asset

    /// Settles what stands at the remote already.
    private func needsUpload(_ key: UploadKey, _ asset: Asset) async throws -> Bool {
        let line = try catalog.read { try $0.upload(key) }
        let hasBytes = blobs.find(asset.sha256, preferring: [key.bookID]) != nil
        switch line?.status {
        case .uploaded: return try await mustSendAgain(key, asset, line, hasBytes)
        case .failed where !(line?.isTransient ?? true) && !options.retriesFailed:
            outcomes[key] = .failed(Self.failedBefore(line))
            return false
        default:
            guard hasBytes else {
                outcomes[key] = .failed(Uploader.noBytes)
                return false
            }
            let present = try catalog.write { writer -> Upload? in
                _ = try writer.enqueueUpload(assetID: key.assetID, bookID: key.bookID, remote: key.remote)
                // Another run may have sent it since: only what failed is put back.
                let present = try writer.reader.upload(key)
                if present?.status == .failed { try writer.resetToPending(key) }
                return present
            }
            if present?.status == .uploaded { return try await mustSendAgain(key, asset, present, hasBytes) }
            return true
        }
    }

    private func mustSendAgain(
        _ key: UploadKey, _ asset: Asset, _ line: Upload?, _ hasBytes: Bool
    ) async throws -> Bool {
        let current = remote.currentURL(bookID: key.bookID, sha256: asset.sha256.description, ext: asset.ext)
        guard let url = current ?? line?.remoteURL else {
            outcomes[key] = .sent
            return false
        }
        // Only the base changed: the file is where it was.
        var line = line
        if url != line?.remoteURL {
            line = try catalog.write { writer in
                _ = try writer.setRemoteURL(key, url)
                return try writer.reader.upload(key)
            }
        }
        let copy = CopyAtRemote(id: current == nil ? line?.remoteID : nil, url: url)
        guard options.verifiesRemote else {
            outcomes[key] = .copy(copy)
            return false
        }
        let presence = await presences.presenceUnlessSeen(
            of: CopyAtRemote(id: line?.remoteID, url: url), at: remote, sha256: asset.sha256.description,
            size: asset.knownSize)
        switch presence {
        case .present: outcomes[key] = .copy(copy)
        case .unknown(let error): outcomes[key] = .failed(error.problem(while: .asking))
        case .missing, .different:
            guard hasBytes else {
                outcomes[key] = .failed(Self.lost(url, presence))
                return false
            }
            let asked = line
            try catalog.write { writer in
                // Another run that found it missing too has sent it again meanwhile.
                if try writer.reader.upload(key) == asked { try writer.resetToPending(key) }
            }
            return true
        }
        return false
    }

    static func lost(_ url: String, _ presence: RemotePresence) -> Problem {
        Problem(
            .remoteMissing, "image is gone from the remote and not here either",
            notes: [presence.absence(at: url)].compactMap(\.self),
            help: ["put the picture in again"])
    }

    private static func failedBefore(_ line: Upload?) -> Problem {
        Problem(
            .uploadRefused, "image was refused by the remote before",
            notes: [line?.lastError].compactMap { $0 }, help: ["run 'tipin sync --retry-failed' to try again"])
    }

    private static let sentElsewhere = Problem(
        .uploadFailed, "image is being uploaded by another run", help: ["run again when it is done"],
        isTransient: true)
}
