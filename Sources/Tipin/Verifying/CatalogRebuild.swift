internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles
internal import TipinSync

/// Tells a catalog what blobs and documents know and it does not (`assets verify --rebuild`): rows from the files,
/// links, ids and copies at the remote from the documents. Adds, and takes nothing away, so that it can be run again.
package struct CatalogRebuild: Sendable {
    private let workspace: Workspace
    private let options: VerifyOptions

    /// Moves a damaged catalog aside; to be called before the store is opened.
    /// - Returns: where it lies now, absolute; `nil` where the catalog is whole or there is none.
    package static func moveDamagedAside(_ settings: Settings, host: Host) throws -> String? {
        try DamagedCatalog(settings: settings, host: host).moveAside()
    }

    /// - Parameter workspace: open for writing.
    package init(_ workspace: Workspace, _ options: VerifyOptions) {
        self.workspace = workspace
        self.options = options
    }

    package func run(_ report: inout VerifyReport) async throws {
        var rebuilt = VerifyReport.Rebuilt()
        guard let importer = workspace.importer, let catalog = workspace.catalog, let blobs = workspace.blobs else {
            return
        }
        let told = try await ToldByDocuments(options.documents, workspace)
        rebuilt.documents = told.documents
        report.diagnostics += told.diagnostics
        // Bytes of a row that lost their digest must not get a second one.
        report.findings += try UnreadableRows(catalog: catalog, blobs: blobs, isDryRun: false).mend()
            .filter { $0.severity != .error }
        let rows = BlobRows(importer: importer, catalog: catalog, blobs: blobs, told: told)
        rebuilt.assets = try await rows.add(remote: workspace.remote?.name.rawValue, &report.findings)
        try await link(&report)
        rebuilt.uploads = try await recordCopies(told, catalog)
        report.rebuilt = rebuilt
    }

    /// The documents go through the same stages as ever, but none is written.
    private func link(_ report: inout VerifyReport) async throws {
        guard !options.documents.isEmpty else { return }
        let options = RunOptions(paths: options.documents, profile: .portable, destination: .nowhere)
        let stages = RewriteRun.Stages(imports: false, recovers: true, sends: false, makesLinks: true)
        let run = try await RewriteRun(workspace, options, stages).run(command: "assets verify")
        // What could not be read was said already; what is not an asset yet is none of a catalog's business.
        report.diagnostics += run.diagnostics.filter {
            [.bookUnknown, .coverContradictsDocument, .coverContradictsCatalog, .idAmbiguous].contains($0.code)
        }
    }

    /// What documents say of our remote is believed when the remote says so too.
    private func recordCopies(_ told: ToldByDocuments, _ catalog: Catalog) async throws -> Int {
        guard let remote = workspace.remote else { return 0 }
        var found = 0
        for copy in told.copies where remote.owns(copy.url) {
            guard let asset = try catalog.read({ try $0.asset(sha256: copy.digest) }),
                remote.serves(copy.url, asset, book: copy.book)
            else { continue }
            let key = UploadKey(assetID: asset.id, bookID: copy.book, remote: remote.name.rawValue)
            guard try catalog.read({ try $0.upload(key)?.status }) != .uploaded else { continue }
            let presence = await remote.presence(
                of: copy.url, id: copy.remoteID, sha256: copy.digest.description, size: asset.knownSize)
            guard case .present = presence else { continue }
            try catalog.write { _ = try $0.markUploaded(key, remoteID: copy.remoteID, remoteURL: copy.url) }
            found += 1
        }
        return found
    }
}
