internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Makes a row for each blob that has none, and a book's line for each entry that has none.
struct BlobRows: Sendable {
    let importer: AssetImporter
    let catalog: Catalog
    let blobs: BlobStore
    let told: ToldByDocuments

    /// Blobs whose rows are made in one transaction.
    private static let batchCount = 64

    /// - Parameter remote: where copies are to be sent; `nil` for nowhere.
    /// - Returns: how many rows were made.
    func add(remote: String?, _ findings: inout [VerifyFinding]) async throws -> Int {
        var made = 0
        var waiting: [(blob: StoredEntry.Blob, book: String)] = []
        for blob in try unlisted(&findings) {
            waiting.append(blob)
            guard waiting.count == Self.batchCount else { continue }
            made += try await add(waiting, remote, &findings)
            waiting = []
        }
        return try await made + add(waiting, remote, &findings)
    }

    private func unlisted(
        _ findings: inout [VerifyFinding]
    ) throws -> [(blob: StoredEntry.Blob, book: String)] {
        var found: [(blob: StoredEntry.Blob, book: String)] = []
        try blobs.forEachEntry { entry in
            guard case .blob(let blob) = entry else { return }
            guard let book = told.book(ofFolder: blob.bookFolder) else {
                findings.append(VerifyFinding(Self.bookUnknown(blob.bookFolder), path: blob.path))
                return
            }
            let isListed = try catalog.read { reader in
                guard let asset = try reader.asset(sha256: blob.digest) else { return false }
                return try reader.path(of: asset.id, inBook: book) == blob.path
            }
            if !isListed { found.append((blob, book)) }
        }
        return found
    }

    private func add(
        _ entries: [(blob: StoredEntry.Blob, book: String)], _ remote: String?, _ findings: inout [VerifyFinding]
    ) async throws -> Int {
        try Task.checkCancellation()
        let results = try await entries.concurrentMap(limit: 2) { entry in try await prepare(entry.blob, entry.book) }
        var prepared: [PreparedAsset] = []
        for (entry, result) in zip(entries, results) {
            switch result {
            case .success(let asset): prepared.append(asset)
            case .failure(let error): findings.append(VerifyFinding(error.problem, path: entry.blob.path))
            }
        }
        return try importer.commit(prepared, remote: remote).count { !$0.wasKnown }
    }

    /// Bytes that have the digest of their name were imported once, whatever may be imported today.
    private func prepare(_ blob: StoredEntry.Blob, _ book: String) async throws -> Result<PreparedAsset, any Error> {
        do {
            let bytes = try blobs.read(blob.path, expecting: blob.digest, limit: .max - 1)
            return .success(
                try await importer.prepareStored(
                    bytes, expecting: blob.digest, book: book, id: told.id(of: blob.digest)))
        } catch let error as BlobError {
            guard case .damaged = error else { throw error }
            return .failure(error)
        } catch let error where error.concernsPicture {
            return .failure(error)
        }
    }

    private static func bookUnknown(_ folder: String) -> Problem {
        Problem(
            .bookUnknown, "folder of stored pictures does not say which book's it is",
            notes: ["'books/\(Redaction.printable(folder))'"],
            help: ["name a document of the book with --documents"])
    }
}
