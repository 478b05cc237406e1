internal import TipinAssets
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Addresses of hosts that were read and found to be of the asset beside them: no later run need ask again.
struct AgreedAddresses: Sendable {
    let imports: AddressImports

    private struct Line: Sendable {
        var url: String
        var asset: Asset
        var book: String
    }

    /// An address that the catalog knows already stays with the asset that it has there.
    func record(_ outcomes: [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        guard let catalog = imports.workspace.catalog else { return }
        var lines: [ByteKey: Line] = [:]
        for (work, outcomes) in zip(works, outcomes) {
            for asset in outcomes.compactMap(\.asset) {
                guard let url = asset.agreedAddress, let row = asset.row, lines[ByteKey(url)] == nil else { continue }
                lines[ByteKey(url)] = Line(url: url, asset: row, book: work.book)
            }
        }
        guard !lines.isEmpty else { return }
        try await BlockingThread.run(throwing: { [lines] in try record(Array(lines.values), catalog) })
    }

    private func record(_ lines: [Line], _ catalog: Catalog) throws {
        let new = try catalog.read { reader in
            try lines.filter { line in
                try reader.asset(sourceURL: line.url) == nil && reader.asset(remoteURL: line.url) == nil
            }
        }
        guard !new.isEmpty else { return }
        try catalog.write { writer in
            for line in new.sorted(by: { ByteKey($0.url) < ByteKey($1.url) }) {
                try imports.record(line.url, of: line.asset, book: line.book, writer)
            }
        }
    }
}
