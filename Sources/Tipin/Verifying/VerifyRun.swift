internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles
internal import TipinSync

/// `assets verify`: compares the catalog's rows with the files, and mends what it can.
package struct VerifyRun: Sendable {
    private let workspace: Workspace
    private let options: VerifyOptions
    private let catalog: Catalog
    private let blobs: BlobStore
    private let search: DigestSearch

    /// - Throws: `CatalogError.missing` where there is no store.
    package init(_ workspace: Workspace, _ options: VerifyOptions) throws {
        self.workspace = workspace
        self.options = options
        catalog = try workspace.standingCatalog()
        blobs = try workspace.standingBlobs()
        search = DigestSearch(folders: options.searchFolders, limit: workspace.settings.importLimits.maxBytes)
    }

    /// - Parameter report: what was said and done before.
    package func run(_ report: inout VerifyReport) async throws {
        report.isDryRun = options.isDryRun
        report.findings += try UnreadableRows(catalog: catalog, blobs: blobs, isDryRun: options.isDryRun).mend()
        report.readsData = options.readsData
        var lost: [Asset] = []
        var last: String?
        while true {
            try Task.checkCancellation()
            let page = try catalog.read { [last] in try $0.assets(afterID: last, limit: Self.pageCount) }
            guard !page.isEmpty else { break }
            last = page.last?.id
            try await look(at: page, &report, &lost)
        }
        report.diagnostics += search.unread
        try await lookAtFiles(&report)
        try await nameUsers(of: lost, &report)
    }

    private static let pageCount = 500

    // MARK: Rows

    private func look(at page: [Asset], _ report: inout VerifyReport, _ lost: inout [Asset]) async throws {
        let judge = AssetJudge(
            blobs: blobs, catalog: catalog, options: options, remote: workspace.remote?.name.rawValue)
        let states = try await page.concurrentMap(limit: workspace.host.jobs) { try judge.state(of: $0) }
        for state in states {
            report.assets += 1
            report.files += state.entries.count
            report.filesRead += state.filesRead
            report.bytesRead += state.bytesRead
            try correctStatus(state, &report)
            report.findings += state.unreachable.map { unreachable($0, of: state) }
            if state.entries.isEmpty {
                if try await !lookElsewhere(state, &report) { lost.append(state.asset) }
            } else {
                if try await !mend(state, &report) { lost.append(state.asset) }
                try correctPaths(state, &report)
                try correctSize(state, &report)
            }
            try await mendThumbnails(state, &report)
        }
        try await learnFacts(of: states, &report)
    }

    private func learnFacts(of states: [AssetState], _ report: inout VerifyReport) async throws {
        let facts = MissingFacts(workspace: workspace, blobs: blobs, isDryRun: options.isDryRun)
        let outcomes = try await states.filter { $0.needsLook && $0.unreachable.isEmpty }
            .concurrentMap(limit: workspace.host.picturesAtATime) { try await facts.learn($0) }
        for case let outcome? in outcomes {
            if outcome.isLearnt { report.learnt += 1 }
            report.findings.append(outcome.finding)
        }
    }

    private var thumbnails: ThumbnailMending {
        ThumbnailMending(workspace: workspace, blobs: blobs, catalog: catalog, isDryRun: options.isDryRun)
    }

    private func mendThumbnails(_ state: AssetState, _ report: inout VerifyReport) async throws {
        report.thumbnails += state.thumbnailCount
        guard !state.brokenThumbnails.isEmpty else { return }
        let (finding, mended) = try await thumbnails.mend(state)
        report.mendedThumbnails += mended
        report.findings.append(finding)
    }

    /// Bytes that are not here by design are at a remote; a folder is looked at.
    /// - Returns: whether they are somewhere, as far as anybody can tell.
    private func lookElsewhere(_ state: AssetState, _ report: inout VerifyReport) async throws -> Bool {
        if blobs.findAnywhere(state.asset.sha256) != nil {
            // The layout tells what no book of the catalog does: 'sync' and 'migrate' take it in.
            report.files += 1
            return true
        }
        if state.isKeptByApp {
            // Where the row names no book nobody knows into whose folder it belongs; 'migrate' and 'sync PATH' do.
            if !state.isUploaded, try !catalog.read({ try $0.books(of: state.asset.id) }).isEmpty {
                return try await mend(state, &report)
            }
            report.files += 1
            try correctSize(state, &report)
            return true
        }
        guard state.isUploaded else { return try await mend(state, &report) }
        // A server is asked only for what should be here: to ask for all that it has would take too long.
        let usesNetwork = state.isSaidToBeHere && workspace.access.reachesRemote
        let copies = CopiesAtRemote(catalog, workspace.remote, usesNetwork: usesNetwork)
        switch try await copies.ask(for: state.asset) {
        case .asked(let copies) where copies.areGone: return try await mend(state, &report)
        case .asked(let copies):
            if !copies.hasSome, let error = copies.failure {
                report.findings.append(finding(error.problem(while: .asking), of: state, severity: .error))
                report.unfetched += 1
                return false
            }
            report.elsewhere += 1
        case .unasked, .none:
            // What a person has in hand is more than what the catalog says of a remote that was not asked.
            if search.bytes(of: state.asset.sha256) != nil { return try await mend(state, &report) }
            report.unasked += 1
        }
        if state.isSaidToBeHere, state.isPathWrong {
            if !options.isDryRun { try catalog.write { try $0.setLocalPath(assetID: state.asset.id, nil) } }
            report.correctedPaths += 1
        }
        return true
    }

    /// - Returns: whether the asset's bytes are here, or will be when something is done about it.
    private func mend(_ state: AssetState, _ report: inout VerifyReport) async throws -> Bool {
        guard state.entries.isEmpty || !state.broken.isEmpty else { return true }
        guard !options.isDryRun, let importer = workspace.importer else {
            let isHere = state.isKeptByApp || !state.whole.isEmpty
            let severity: Severity = state.isKeptByApp ? .warning : .error
            report.findings.append(finding(Self.broken(state), of: state, severity: severity))
            if state.entries.isEmpty, !isHere { report.lost += 1 }
            return isHere
        }
        let mending = AssetMending(
            workspace: workspace, blobs: blobs, catalog: catalog, importer: importer,
            search: search, cache: RemoteCache(workspace))
        let outcome = try await mending.mend(state)
        report.findings.append(outcome.finding)
        switch outcome.fate {
        case .mended(let entries): report.mended += entries
        case .unfetched: report.unfetched += 1
        case .lost: report.lost += 1
        }
        return outcome.isHere
    }

    /// The catalog says where bytes are, and says so of the place where they are.
    private func correctPaths(_ state: AssetState, _ report: inout VerifyReport) throws {
        let here = state.entries.compactMap { entry in
            blobs.find(state.asset.sha256, books: [entry.book]).map { (book: entry.book, path: $0) }
        }
        let id = state.asset.id
        let wrong = try catalog.read { reader in
            try here.filter { try reader.path(of: id, inBook: $0.book) != $0.path }
        }
        // What an app says of a file of its own that is there stays.
        let owner = here.first { $0.book == state.entries.first?.book }
        let isOwnerWrong = owner != nil && !(state.asset.localPath.map(Paths.isRegularFile) ?? false)
        report.correctedPaths += wrong.count + (isOwnerWrong ? 1 : 0)
        guard !wrong.isEmpty || isOwnerWrong, !options.isDryRun else { return }
        try catalog.write { writer in
            for (book, path) in wrong { try writer.addBook(assetID: id, bookID: book, localPath: path) }
            if isOwnerWrong, let owner {
                try writer.setLocalPath(assetID: id, blobs.absolutePath(of: owner.path))
            }
        }
    }

    /// The bytes are the picture's, and the catalog has another number of them.
    private func correctSize(_ state: AssetState, _ report: inout VerifyReport) throws {
        guard let size = state.size else { return }
        if !options.isDryRun { try catalog.write { try $0.setSize(assetID: state.asset.id, size) } }
        let problem = Problem(
            .sizeMismatch, "catalog had another size for a picture that is whole",
            notes: [
                "asset '\(state.asset.id)' has \(size) bytes, and the catalog said \(state.asset.size)",
                options.isDryRun ? "nothing was changed" : "it says the right number now",
            ])
        report.findings.append(finding(problem, of: state, severity: .warning))
    }

    /// The app reads in its own row how far a picture is.
    private func correctStatus(_ state: AssetState, _ report: inout VerifyReport) throws {
        guard let line = state.hiddenLine else { return }
        // Somebody may have put it right, or taken the row out, since it was looked at.
        guard try options.isDryRun || catalog.write({ try $0.showLine(line.key) }) else { return }
        let (asset, book) = (state.asset, Redaction.printable(line.key.bookID))
        let (member, difference) =
            if asset.status != line.status {
                (
                    "status",
                    "was '\(asset.status.rawValue)', its copy for '\(book)' is '\(line.status.rawValue)'"
                )
            } else if line.remoteURL.map({ $0.hasSameBytes(as: asset.remoteURL ?? "") }) ?? true {
                ("remote id", "had another remote id than its copy for '\(book)', or none")
            } else {
                ("address", "had another address than its copy for '\(book)', or none")
            }
        let problem = Problem(
            .statusOutdated, "catalog had another \(member) for a picture than its copy has",
            notes: [
                "asset '\(Redaction.printable(asset.id))' \(difference)",
                options.isDryRun ? "nothing was changed" : "it says so now",
            ])
        report.findings.append(finding(problem, of: state, severity: .warning))
    }

    private func finding(_ problem: Problem, of state: AssetState, severity: Severity) -> VerifyFinding {
        var finding = VerifyFinding(problem, severity: severity, path: state.broken.first?.path)
        finding.assetID = state.asset.id
        finding.sha256 = state.asset.sha256.description
        return finding
    }

    private func unreachable(_ entry: AssetState.Entry, of state: AssetState) -> VerifyFinding {
        var notes = ["asset '\(state.asset.id)', SHA-256 \(state.asset.sha256)"]
        if case .unreachable(let words) = entry.fault {
            notes.append("'\(Redaction.printable(entry.path))': \(words)")
        }
        let problem = Problem(
            .dataFolderUnusable, "stored picture cannot be looked at", notes: notes,
            help: ["put a folder of the data folder's own in the place of a link, or mend its rights"])
        var finding = finding(problem, of: state, severity: .error)
        finding.path = entry.path
        return finding
    }

    private static func broken(_ state: AssetState) -> Problem {
        var notes = ["asset '\(state.asset.id)', SHA-256 \(state.asset.sha256)"]
        var isMissing = true
        for entry in state.broken {
            let path = Redaction.printable(entry.path)
            if case .damaged(let words) = entry.fault {
                isMissing = false
                notes.append("'\(path)': \(words)")
            } else {
                notes.append("'\(path)' is missing")
            }
        }
        if let (file, content) = state.appFile { notes.append(file.words(of: content, isDryRun: true)) }
        return Problem(
            isMissing ? .blobMissing : .blobDamaged, "stored picture is \(isMissing ? "missing" : "damaged")",
            notes: notes, help: ["run 'tipin assets verify' without --dry-run to have it mended"])
    }

    // MARK: Files

    private func lookAtFiles(_ report: inout VerifyReport) async throws {
        var strays: [VerifyFinding] = []
        var unknown: [StoredEntry.Blob] = []
        var unlisted: [VerifyFinding] = []
        try blobs.forEachEntry { entry in
            switch entry {
            case .thumbnail(let file):
                if try !isKnown(file) { unknown.append(file) }
            case .stray(let path, let words):
                strays.append(VerifyFinding(Self.stray(path, words), path: path))
            case .blob(let blob):
                guard try catalog.read({ try $0.asset(sha256: blob.digest) }) == nil else { return }
                unlisted.append(VerifyFinding(Self.unlisted(blob.path), path: blob.path))
            }
        }
        for name in blobs.folder.staleTemporaries() {
            let problem = Self.stray(name, "a run that is no more left it half-written")
            strays.append(VerifyFinding(problem, path: name))
        }
        for file in unknown {
            try Task.checkCancellation()
            if let finding = try await thumbnails.judge(file) { strays.append(finding) }
        }
        report.unlisted = unlisted.count
        report.findings += unlisted + strays
    }

    /// Whether a row speaks of the thumbnail: those were looked at with their asset.
    private func isKnown(_ file: StoredEntry.Blob) throws -> Bool {
        try catalog.read { reader in
            guard let asset = try reader.asset(sha256: file.digest) else { return false }
            return try reader.thumbnails(of: asset.id).contains { file.path.hasSuffix("/thumb_\($0.size).\($0.ext)") }
        }
    }

    private static func unlisted(_ path: String) -> Problem {
        Problem(
            .blobWithoutRow, "stored picture is not in the catalog", notes: ["'\(Redaction.printable(path))'"],
            help: ["take it in with 'tipin assets verify --rebuild', or have it cleaned up by 'tipin assets gc'"])
    }

    private static func stray(_ path: String, _ words: String) -> Problem {
        Problem(
            .strayFile, "data folder holds what tipin did not put there",
            notes: ["'\(Redaction.printable(path))': \(words)"], help: ["look at it, and move it away"])
    }

    // MARK: Users

    private func nameUsers(of lost: [Asset], _ report: inout VerifyReport) async throws {
        guard !lost.isEmpty else { return }
        let digests = Set(lost.map(\.sha256))
        let users = try await AssetUsers(of: digests, in: options.documents, workspace, &report.diagnostics)
        let byID = Dictionary(lost.map { ($0.id, $0) }) { first, _ in first }
        for index in report.findings.indices {
            guard let asset = report.findings[index].assetID.flatMap({ byID[$0] }) else { continue }
            report.findings[index].users = try catalog.read { try users.lines(of: asset, $0) }
        }
    }
}
