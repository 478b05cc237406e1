internal import TipinAssets
package import TipinDocument
internal import TipinFiles
internal import TipinSync

extension AssetService {
    /// Files that become durable and known to the catalog together.
    private static let batch = 64
    /// Files that are looked at beside one another.
    private var width: Int { store.workspace.host.jobs > 1 ? store.workspace.host.picturesAtATime : 1 }

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
            for (index, outcome) in await finish(prepared, part.map(\.context), importer).enumerated() {
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
    ) async -> [Result<AddedAsset, TipinError>] {
        let files = zip(prepared, contexts).compactMap { outcome, context in
            (try? outcome.get()).map { (prepared: $0, context: context) }
        }
        let added = await Self.result {
            try await BlockingThread.run(throwing: { [self] in try commit(files, importer) })
        }
        var left = added.map { ArraySlice($0) }
        return prepared.map { outcome in
            outcome.flatMap { _ in
                let next = left.map { $0[$0.startIndex] }
                left = left.map { $0.dropFirst() }
                return next
            }
        }
    }

    /// - Returns: one for each, in the order given.
    private func commit(
        _ files: [(prepared: PreparedAsset, context: ImportContext)], _ importer: AssetImporter
    ) throws -> [AddedAsset] {
        var references: [FileRef] = []
        let remote = store.workspace.remote?.name.rawValue
        let imported = try importer.commit(files.map(\.prepared), remote: remote) { writer, imported in
            for (file, new) in zip(files, imported) { _ = try writer.link(Self.link(new.asset, file.context)) }
            references = try zip(files, imported).map { file, new in
                try fileRef(new.asset, file.context.bookId, file.context.role, at: new.relativePath, writer.reader)
            }
        }
        for new in imported { store.workspace.uses?.note(new.asset.id) }
        return zip(references, imported).map { AddedAsset(reference: $0, warnings: $1.warnings) }
    }
}
