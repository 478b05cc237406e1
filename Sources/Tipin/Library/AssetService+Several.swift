internal import TipinAssets
internal import TipinDiagnostics
package import TipinDocument
internal import TipinSync

extension AssetService {
    /// Files that become durable and known to the catalog together.
    private static let batch = 64
    /// Files that are looked at beside one another: enough for the disk and for the image worker.
    private var width: Int { store.workspace.host.jobs > 1 ? 4 : 1 }

    /// Imports files as `importLocalFile` does with each, but many with few fsyncs and transactions.
    /// - Parameter each: gets what became of a file, in the order given; one that is refused stops none of the others.
    package func importLocalFiles(
        _ files: [(path: String, context: ImportContext)], each: (Int, Result<AddedAsset, TipinError>) -> Void
    ) async throws {
        let importer = try TipinError.rethrowing { try self.importer() }
        let parts = stride(from: 0, to: files.count, by: Self.batch).map { start in
            Array(files[start..<min(start + Self.batch, files.count)])
        }
        guard let first = parts.first else { return }
        var prepared = await self.prepared(first, importer)
        for (number, part) in parts.enumerated() {
            try Task.checkCancellation()
            // The next files are looked at while the disk and the catalog are busy with these.
            async let following = self.prepared(number + 1 < parts.count ? parts[number + 1] : [], importer)
            for (index, outcome) in finish(prepared, part.map(\.context), importer).enumerated() {
                each(number * Self.batch + index, outcome)
            }
            prepared = await following
        }
    }

    private func prepared(
        _ files: [(path: String, context: ImportContext)], _ importer: AssetImporter
    ) async -> [Result<PreparedAsset, TipinError>] {
        await files.concurrentMap(limit: width) { file in
            await Self.result {
                try Self.refuseEmpty(file.context.entity, file.context.role)
                return try await importer.prepare(
                    file: file.path, book: file.context.bookId, roles: [file.context.role.rawValue])
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
            var references: [FileRef] = []
            let imported = try importer.commit(whole.map(\.1), remote: store.workspace.remote?.name.rawValue) {
                writer, imported in
                for ((index, _), new) in zip(whole, imported) {
                    _ = try writer.link(Self.link(new.asset, contexts[index]))
                }
                references = try zip(whole, imported).map { prepared, new in
                    let context = contexts[prepared.0]
                    return try fileRef(new.asset, context.bookId, context.role, at: new.relativePath, writer.reader)
                }
            }
            for (((index, _), new), reference) in zip(zip(whole, imported), references) {
                store.workspace.uses?.note(new.asset.id)
                outcomes[index] = .success(AddedAsset(reference: reference, warnings: new.warnings))
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
