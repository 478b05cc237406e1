internal import TipinAssets
internal import TipinDiagnostics
package import TipinDocument
internal import TipinSync

extension AssetService {
    /// Files that become durable and known to the catalog together.
    private static let batch = 64
    /// Files that are looked at beside one another: enough for the disk and for the image worker.
    private static let width = 4

    /// Imports files as `importLocalFile` does with each, but many with few fsyncs and transactions.
    /// - Parameter each: gets what became of a file, in the order given; one that is refused stops none of the others.
    package func importLocalFiles(
        _ files: [(path: String, context: ImportContext)], each: (Int, Result<AddedAsset, TipinError>) -> Void
    ) async throws {
        let importer = try TipinError.rethrowing { try self.importer() }
        for start in stride(from: 0, to: files.count, by: Self.batch) {
            try Task.checkCancellation()
            let part = Array(files[start..<min(start + Self.batch, files.count)])
            let prepared = await part.concurrentMap(limit: Self.width) { file in
                await Self.result {
                    try Self.refuseEmpty(file.context.entity, file.context.role)
                    return try await importer.prepare(
                        file: file.path, book: file.context.bookId, roles: [file.context.role.rawValue])
                }
            }
            for (index, outcome) in finish(prepared, part.map(\.context), importer).enumerated() {
                each(start + index, outcome)
            }
        }
    }

    private static func result<Value: Sendable>(
        _ body: () async throws -> Value
    ) async -> Result<Value, TipinError> {
        do { return .success(try await body()) } catch { return .failure(TipinError(error.problem)) }
    }

    /// What was prepared goes into the catalog with its links in one go, or none of it.
    private func finish(
        _ prepared: [Result<PreparedAsset, TipinError>], _ contexts: [ImportContext], _ importer: AssetImporter
    ) -> [Result<AddedAsset, TipinError>] {
        let whole = prepared.indices.compactMap { index in (try? prepared[index].get()).map { (index, $0) } }
        var outcomes = prepared.map { outcome in
            outcome.flatMap { _ in Result<AddedAsset, TipinError>.failure(TipinError(Self.notCommitted)) }
        }
        do {
            let imported = try importer.commit(whole.map(\.1), remote: store.workspace.remote?.name.rawValue) {
                for ((index, _), new) in zip(whole, $1) { _ = try $0.link(Self.link(new.asset, contexts[index])) }
            }
            for ((index, _), asset) in zip(whole, imported) {
                let reference = try fileRef(asset.asset, contexts[index].bookId, contexts[index].role)
                outcomes[index] = .success(AddedAsset(reference: reference, warnings: asset.warnings))
            }
        } catch {
            for (index, _) in whole where (try? outcomes[index].get()) == nil {
                outcomes[index] = .failure(TipinError(error.problem))
            }
        }
        return outcomes
    }

    private static let notCommitted = Problem(.internalError, "image was looked at and not taken in")
}
