internal import TipinAssets
internal import TipinDiagnostics
public import TipinDocument
internal import TipinSync

/// Brings the store and the remote together (PRD 7.1, 8.2, 8.3).
public struct SyncEngine: Sendable {
    /// What an upload run did.
    public struct UploadResult: Sendable {
        /// Ids of the assets that are at the remote now.
        public var uploaded: [String] = []
        /// Why others are not, by asset id.
        public var failures: [String: TipinError] = [:]
    }

    private let store: AssetStore

    public init(_ store: AssetStore) { self.store = store }

    /// Uploads what waits (PRD 18 `uploadPending`): at most `uploadConcurrency` at a time, three tries each.
    /// - Parameter bookID: only this book's; of all books where `nil`.
    /// - Throws: `TipinError` with `no-remote` where the store has none.
    public func uploadPending(bookID: String? = nil, retryFailed: Bool = false) async throws -> UploadResult {
        try await TipinError.rethrowingAsync {
            var options = RunOptions(paths: [], profile: .device, destination: .nowhere)
            options.retriesFailed = retryFailed
            guard let sync = Sync(store.workspace, options) else { throw RunError.usage(RemoteProblems.none) }
            var result = UploadResult()
            for (key, outcome) in try await sync.runAll(books: bookID.map { [$0] } ?? []) {
                switch outcome {
                case .copy, .sent: result.uploaded.append(key.assetID)
                case .failed(let problem): result.failures[key.assetID] = TipinError(problem)
                }
            }
            result.uploaded.sort()
            return result
        }
    }

    /// Brings the bytes of a reference here where they are missing (PRD 8.3), checked by their digest.
    /// - Returns: the reference with this machine's `localPath`.
    /// - Throws: `TipinError` with `blob-missing` where they are nowhere to be found.
    public func cacheRemoteIfMissing(_ reference: FileRef, bookID: String) async throws -> FileRef {
        try await TipinError.rethrowingAsync {
            guard let digest = SHA256Digest(reference.sha256) else { throw AssetQueryError.unknown(reference.assetId) }
            let cache = RemoteCache(store.workspace)
            let path = try await cache.path(
                of: digest, book: bookID, addresses: [reference.remoteUrl].compactMap { $0 },
                remoteID: reference.remoteId)
            var result = reference
            result.localPath = path
            return result
        }
    }
}
