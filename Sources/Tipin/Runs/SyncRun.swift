internal import TipinAssets
internal import TipinDiagnostics

/// `sync` without PATH: all that waits in the catalog.
package struct SyncRun: Sendable {
    private let workspace: Workspace
    private let options: RunOptions

    package init(_ workspace: Workspace, _ options: RunOptions) {
        self.workspace = workspace
        self.options = options
    }

    package func run() async throws -> RunReport {
        var report = RunReport(command: "sync")
        report.diagnostics = workspace.settings.ignored.map { Diagnostic($0) }
        guard let sync = Sync(workspace, options) else { throw RunError.usage(RemoteProblems.none) }
        let outcomes = try await sync.runAll(books: workspace.settings.books)
        for (key, outcome) in outcomes.sorted(by: { ($0.key.bookID, $0.key.assetID) < ($1.key.bookID, $1.key.assetID) })
        {
            guard case .failed(var problem) = outcome else { continue }
            problem.notes.insert(contentsOf: try words(for: key.assetID, book: key.bookID), at: 0)
            // What was to be sent and was not is not done, whatever its code means elsewhere.
            report.diagnostics.append(Diagnostic(problem, severity: .error))
        }
        report.uploads = await sync.uploadCount
        try await download(&report)
        return report
    }

    /// Which asset it is, and what it is used as.
    /// - Parameter id: `nil` for what only a document tells.
    private func words(for id: String?, book: String) throws -> [String] {
        let book = "book '\(Redaction.printable(book))'"
        guard let id else { return ["an asset of \(book)"] }
        let links = try workspace.catalog?.read { try $0.links(toAsset: id) } ?? []
        let uses = links.prefix(3).map { "\($0.role) of \($0.entity.type.rawValue) '\($0.entity.id)'" }
        let more = links.count > uses.count ? ["and \(links.count - uses.count) more"] : []
        let used = uses.isEmpty ? [] : ["used as " + Redaction.printable((uses + more).joined(separator: ", "))]
        return ["asset '\(Redaction.printable(id))' of \(book)"] + used
    }

    private func download(_ report: inout RunReport) async throws {
        guard let catalog = workspace.catalog else { return }
        let cache = RemoteCache(workspace)
        let waiting = try catalog.read { try MissingBlobs(workspace).find($0) }
        for missing in waiting {
            do {
                _ = try await cache.path(
                    of: missing.digest, book: missing.book, addresses: missing.addresses,
                    remoteID: missing.remoteID)
                report.downloads += 1
                try catalog.write { try $0.removeDownload(sha256: missing.digest) }
            } catch {
                var problem = error.problem
                problem.notes.insert(contentsOf: try words(for: missing.assetID, book: missing.book), at: 0)
                if problem.help.isEmpty { problem.help = RemoteProblems.bringBack }
                report.diagnostics.append(Diagnostic(problem))
            }
        }
    }
}
