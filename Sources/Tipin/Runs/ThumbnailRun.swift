internal import TipinAssets
internal import TipinDiagnostics

/// `assets thumbnail`: makes the thumbnails that assets lack.
package struct ThumbnailRun: Sendable {
    /// What is there of one asset now.
    package struct Result: Sendable {
        package var assetID: String
        package var thumbnails: [AssetThumbnail]
        /// How many of them were made now.
        package var madeCount: Int
    }

    private let workspace: Workspace
    private let sizes: [Int]

    /// - Parameter sizes: empty takes those of the configuration, else 256 and 1024.
    package init(_ workspace: Workspace, sizes: [Int] = []) {
        self.workspace = workspace
        let configured = workspace.settings.importLimits.thumbnails
        self.sizes = !sizes.isEmpty ? sizes : configured.isEmpty ? Thumbnail.standardSizes : configured
    }

    /// - Parameter names: ids, digests or beginnings of one; all pictures of the books that are worked on where empty.
    /// - Returns: in the order of the assets, with what was said of those that could not be done.
    package func run(_ names: [String]) async throws -> (results: [Result], report: RunReport) {
        let assets = try AssetSelection(workspace).assets(named: names)
        let pictures = assets.filter { FileType(mime: $0.mime)?.imageFormat != nil }
        // As many as there are workers.
        let limit = min(2, workspace.host.jobs)
        let outcomes = try await pictures.concurrentMap(limit: limit) { asset in try await self.make(asset) }
        var report = RunReport(command: "assets thumbnail")
        report.diagnostics = outcomes.compactMap { outcome in
            guard case .problem(let problem) = outcome else { return nil }
            return Diagnostic(problem)
        }
        let results = outcomes.compactMap { outcome -> Result? in
            if case .done(let result) = outcome { result } else { nil }
        }
        return (results, report)
    }

    private enum Outcome: Sendable {
        case done(Result)
        case problem(Problem)
    }

    /// What concerns one picture is said of it, and the others go on.
    private func make(_ asset: Asset) async throws -> Outcome {
        guard let importer = workspace.importer, let blobs = workspace.blobs, let catalog = workspace.catalog else {
            return .problem(ImportError.noImageWorker.problem)
        }
        do {
            guard let book = try catalog.read({ try $0.ownerBook(of: asset.id) }) else { throw ImportError.noBook }
            let (all, made) = try await importer.makeThumbnails(sizes, of: asset, book: book)
            let shown = try all.map { thumbnail in
                AssetThumbnail(
                    thumbnail,
                    path: blobs.absolutePath(of: try blobs.thumbnailPath(thumbnail, of: asset.sha256, book: book)))
            }
            return .done(Result(assetID: asset.id, thumbnails: shown, madeCount: made.count))
        } catch let error where error.concernsStoredPicture {
            var problem = error.problem
            problem.notes.insert("asset '\(Redaction.printable(asset.id))'", at: 0)
            return .problem(problem)
        }
    }
}
