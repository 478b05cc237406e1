internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Sets aside what is damaged, and brings whole bytes back from wherever they are (RULES 3, 3).
struct AssetMending: Sendable {
    let workspace: Workspace
    let blobs: BlobStore
    let catalog: Catalog
    let importer: AssetImporter
    let search: DigestSearch
    let cache: RemoteCache

    /// What became of an asset that had damaged or missing entries.
    struct Outcome: Sendable {
        enum Fate: Sendable {
            /// Its bytes are here again; how many entries that concerns.
            case mended(entries: Int)
            /// A remote is said to have its bytes, did not give them, and did not say that they are gone.
            case unfetched
            /// Nobody has its bytes.
            case lost
        }

        var fate: Fate
        var finding: VerifyFinding

        var isHere: Bool { if case .mended = fate { true } else { false } }
    }

    /// - Parameter state: of an asset with entries that are not as they should be, or with none though no remote has
    ///   its bytes.
    func mend(_ state: AssetState) async throws -> Outcome {
        let broken = state.broken
        var notes = ["asset '\(state.asset.id)', SHA-256 \(state.asset.sha256)"]
        for entry in broken { try setAside(entry, &notes) }
        let missing = broken.allSatisfy { $0.fault == .missing }
        let books = try state.entries.isEmpty ? home(of: state.asset) : broken.map(\.book)
        // From another book's entry, or from one that the catalog does not know.
        try importer.addToBooks(books.map { (state.asset, $0) }, remote: nil)
        var source = "from another book's entry"
        var failure: (notes: [String], isTransient: Bool)?
        if books.isEmpty || blobs.find(state.asset.sha256, books: [books[0]]) == nil {
            switch try await bringBack(state, book: books.first) {
            case .success(let words): source = words
            case .failure(let notes, let isTransient): failure = (notes, isTransient)
            }
            if failure == nil {
                try importer.addToBooks(books.dropFirst().map { (state.asset, $0) }, remote: nil)
            }
        }
        guard let failure else {
            notes.append("its bytes came back \(source)")
            return Outcome(
                fate: .mended(entries: max(1, broken.count)),
                finding: finding(Self.mended(missing, notes), state, .warning))
        }
        notes += failure.notes
        // What is not known to be lost stays said to be here, so that it is looked for in every run until it is known.
        guard try await isLost(state) else {
            let problem = Self.unfetched(missing, notes, isTransient: failure.isTransient)
            return Outcome(fate: .unfetched, finding: finding(problem, state, .error))
        }
        notes += try forget(state)
        let problem = Self.lost(missing, notes, isTransient: failure.isTransient)
        return Outcome(fate: .lost, finding: finding(problem, state, .error))
    }

    /// Where bytes belong that no book has; empty where nobody can tell.
    func home(of asset: Asset) throws -> [String] {
        try catalog.read { reader in
            let books = try reader.books(of: asset.id) + reader.uploads(of: asset.id).map(\.key.bookID)
            return Array(books.prefix(1))
        }
    }

    private func setAside(_ entry: AssetState.Entry, _ notes: inout [String]) throws {
        guard case .damaged(let words) = entry.fault else { return }
        let place = try blobs.setAside(entry.path)
        notes.append("'\(Redaction.printable(entry.path))': \(words); it was moved to '\(place)'")
    }

    private enum Return {
        /// Where they were, in words.
        case success(String)
        /// Where they were looked for in vain, and why.
        case failure(notes: [String], isTransient: Bool)
    }

    private func bringBack(_ state: AssetState, book: String?) async throws -> Return {
        let asset = state.asset
        guard let book else { return .failure(notes: ["the catalog names no book for it"], isTransient: false) }
        let limit = workspace.settings.importLimits.maxBytes
        let sources = [
            ("from where the app keeps it", { state.appFile?.file.bytes(of: asset.sha256, limit: limit) }),
            ("from where clean-up had moved them", { blobs.retired(asset.sha256, limit: limit) }),
            ("from a folder that was searched", { search.bytes(of: asset.sha256) }),
        ]
        for (words, bytes) in sources {
            guard let bytes = bytes() else { continue }
            let prepared = try await importer.prepareStored(bytes, expecting: asset.sha256, book: book)
            _ = try importer.commit([prepared], remote: nil)
            return .success(words)
        }
        do {
            _ = try await cache.path(of: asset.sha256, book: book, addresses: addresses(of: state))
            return .success("from one of its addresses")
        } catch let error where error.isOfOnePicture {
            let problem = error.problem
            // The first one says which picture it is.
            return .failure(notes: Array(problem.notes.dropFirst()), isTransient: problem.isTransient)
        }
    }

    /// Each once, and none of the places that were found empty or were emptied just now.
    private func addresses(of state: AssetState) throws -> [String] {
        let asset = state.asset
        let known = try catalog.read { reader in
            [asset.localPath].compactMap { $0 } + (try reader.remoteURLs(of: asset.id))
                + (try reader.sourceURLs(of: asset.id))
        }
        var seen = Set(state.entries.map { ByteKey(blobs.absolutePath(of: $0.path)) })
        return known.filter { seen.insert(ByteKey($0)).inserted }
    }

    /// No row says that bytes are here which are not. A path to the picture stays, whether it could be taken in or not.
    /// - Returns: what became of the row's path, in words.
    private func forget(_ state: AssetState) throws -> [String] {
        let content = state.appFile?.file.content(for: state.asset, reads: true)
        let keepsPath = content?.isGone == false
        try catalog.write { writer in
            for entry in state.broken {
                try writer.forgetPath(assetID: state.asset.id, bookID: entry.book, keepsLocalPath: keepsPath)
            }
            if state.unreachable.isEmpty, !keepsPath { try writer.setLocalPath(assetID: state.asset.id, nil) }
        }
        return [state.appFile.flatMap { file in content.map { file.file.words(of: $0, isDryRun: false) } }]
            .compactMap { $0 }
    }

    /// Whether bytes that were looked for in vain are at no remote either, by its own word.
    private func isLost(_ state: AssetState) async throws -> Bool {
        guard state.isUploaded else { return true }
        let copies = CopiesAtRemote(catalog, workspace.remote, usesNetwork: true)
        guard case .asked(let found) = try await copies.ask(for: state.asset), found.areGone else { return false }
        // A server is not asked for what is at it alone: the next run would take the catalog's word for it.
        if workspace.remote?.name.isFolder == false { try copies.forget(found.gone) }
        return true
    }

    // MARK: Words

    private func finding(_ problem: Problem, _ state: AssetState, _ severity: Severity) -> VerifyFinding {
        var finding = VerifyFinding(problem, severity: severity, path: state.broken.first?.path)
        finding.assetID = state.asset.id
        finding.sha256 = state.asset.sha256.description
        return finding
    }

    private static func mended(_ isMissing: Bool, _ notes: [String]) -> Problem {
        isMissing
            ? Problem(.blobMissing, "stored picture was missing and is here again", notes: notes)
            : Problem(.blobDamaged, "stored picture was damaged and is whole again", notes: notes)
    }

    private static func unfetched(_ isMissing: Bool, _ notes: [String], isTransient: Bool) -> Problem {
        Problem(
            isMissing ? .blobMissing : .blobDamaged,
            "stored picture is \(isMissing ? "missing" : "damaged") and did not come from the remote",
            notes: notes + ["the catalog says that a remote has it, and the remote did not say that it is gone"],
            help: [
                isTransient
                    ? "run the command again when the remote can be reached"
                    : "see to it that the remote gives it, then run the command again",
                "or search a folder for it with --search DIR",
            ], isTransient: isTransient)
    }

    private static func lost(_ isMissing: Bool, _ notes: [String], isTransient: Bool = false) -> Problem {
        Problem(
            isMissing ? .blobMissing : .blobDamaged,
            isMissing ? "stored picture is missing and nowhere to be found" : "stored picture is damaged and lost",
            notes: notes,
            help: ["put the picture in again, or search a folder for it with --search DIR"], isTransient: isTransient)
    }
}

extension Error {
    /// Whether the other pictures can be looked at all the same.
    fileprivate var isOfOnePicture: Bool { concernsPicture || self is RunError }
}
