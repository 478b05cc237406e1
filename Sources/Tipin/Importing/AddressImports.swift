internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Reads addresses and brings what they lead to into the store; each once, however many mentions name it.
struct AddressImports: Sendable {
    /// An address as a document has it.
    enum Address: Sendable {
        case text(String)
        /// The second is read where the first cannot be.
        case either(String, String)
        case inline(InlineAddress)
    }

    /// One address as one book's documents read it.
    struct Key: Hashable, Sendable {
        private enum Name: Hashable {
            /// Normalised where it is an http(s) one.
            case text(ByteKey)
            case either(ByteKey, ByteKey)
            case inline(InlineAddress)
        }

        private let name: Name
        /// Of the document, where the address is relative to it.
        private let folder: ByteKey
        let book: ByteKey

        init(_ address: String, folder: String = "", book: String) {
            name = .text(ByteKey(address))
            self.folder = ByteKey(folder)
            self.book = ByteKey(book)
        }

        /// - Parameter last: of the second, which is asked only where the first cannot be read.
        init(_ first: Key, otherwise last: Key) {
            name = .either(ByteKey(first.text ?? ""), ByteKey(last.text ?? ""))
            folder = first.folder
            book = first.book
        }

        init(_ address: InlineAddress, book: String) {
            name = .inline(address)
            folder = ByteKey("")
            self.book = ByteKey(book)
        }

        /// As the catalog would know it, of two the one that was asked last; `nil` for an inline one.
        var text: String? {
            switch name {
            case .text(let text), .either(_, let text): text.text
            case .inline: nil
            }
        }
    }

    struct Request: Sendable {
        var key: Key
        var address: Address
        var file: DocumentFile
        /// Of each mention. Bytes that none of them can mean are not taken in.
        var meanings: [AddressMeaning]
    }

    enum Result: Sendable {
        case asset(Asset, digests: AddressMeaning.Digests, warnings: [Problem])
        /// Read, but every mention means other bytes.
        case mismatch(AddressMeaning.Digests)
        case problem(Problem)
        /// A dry run: what would be done, in words.
        case planned(String)
    }

    let workspace: Workspace
    let reader: AddressReader

    static func key(_ address: Address, of work: WorkDocument) -> Key {
        switch address {
        case .text(let text): key(text, of: work)
        case .either(let first, let last): Key(key(first, of: work), otherwise: key(last, of: work))
        case .inline(let address): Key(address, book: work.book)
        }
    }

    private static func key(_ address: String, of work: WorkDocument) -> Key {
        let trimmed = AddressForm.trimmed(address)
        switch AddressForm(trimmed) {
        case .remoteURL: return Key(AssetLookup.normalized(trimmed), book: work.book)
        case .dataURL: return Key(trimmed, book: work.book)
        case .localFile, .dead:
            return Key(trimmed, folder: Paths.parent(of: work.file.path), book: work.book)
        }
    }

    /// What each address led to, in the order of the requests. What was imported is durable and in the catalog when
    /// this returns.
    func run(_ requests: [Request]) async throws -> [Result] {
        let parts = requests.split(into: 1, limit: Self.batch)
        guard let first = parts.first else { return [] }
        var results: [Result] = []
        var readings = try await read(first)
        for (number, part) in parts.enumerated() {
            // The next ones are looked at while the disk and the catalog are busy with these.
            async let following = read(number + 1 < parts.count ? parts[number + 1] : [])
            results += try await BlockingThread.run(throwing: { [readings] in try commit(readings, part) })
            readings = try await following
        }
        let outcomes = zip(requests, results).map { ($0.key.text, $1) }
        try await BlockingThread.run(throwing: { try recordFailures(outcomes) })
        return results
    }

    /// Addresses whose pictures become durable and known to the catalog together.
    private static let batch = 128

    private func read(_ requests: [Request]) async throws -> [Reading] {
        try await requests.concurrentMap(limit: workspace.host.picturesAtATime) { try await self.read($0) }
    }

    private func commit(_ readings: [Reading], _ requests: [Request]) throws -> [Result] {
        let prepared = zip(requests, readings).compactMap { request, reading -> (Request, PreparedAsset, String?)? in
            guard case .prepared(let asset, let sourceURL) = reading else { return nil }
            return (request, asset, sourceURL)
        }
        let remote = workspace.remote?.name.rawValue
        let imported = try workspace.importer?.commit(prepared.map(\.1), remote: remote) { writer, imported in
            for ((request, _, sourceURL), new) in zip(prepared, imported) {
                guard let sourceURL else { continue }
                try record(sourceURL, of: new.asset, book: request.key.book.text, writer)
            }
        }
        workspace.tally.add(imported ?? [])
        var rest = (imported ?? [])[...]
        return readings.map { reading in
            switch reading {
            case .done(let result): return result
            case .prepared(let asset, _):
                guard let new = rest.popFirst() else { preconditionFailure("what was prepared is imported") }
                let digests = AddressMeaning.Digests(stored: asset.sha256, found: asset.sourceSHA256)
                return .asset(new.asset, digests: digests, warnings: new.warnings)
            }
        }
    }

    /// What our own remote serves is there already; any other address is where the bytes once came from.
    func record(_ url: String, of asset: Asset, book: String, _ writer: CatalogWriter) throws {
        guard let remote = workspace.remote, remote.serves(url, asset, book: book) else {
            return try writer.recordSourceURL(url, assetID: asset.id)
        }
        let key = UploadKey(assetID: asset.id, bookID: book, remote: remote.name.rawValue)
        try writer.markUploaded(key, remoteID: nil, remoteURL: url)
    }

    private enum Reading: Sendable {
        case prepared(PreparedAsset, sourceURL: String?)
        case done(Result)
    }

    private func read(_ request: Request) async throws -> Reading {
        // Where those before could not become durable, nothing more is brought to the disk.
        try Task.checkCancellation()
        let content: AddressReader.Content
        switch await outcome(of: request) {
        case .content(let found): content = found
        case .problem(let problem): return .done(.problem(problem))
        case .needsNetwork(let url): return .done(.planned("fetch '\(Redaction.redacted(url))'"))
        }
        guard let importer = workspace.importer else { return .done(plan(content, request.meanings)) }
        do {
            let asset = try await importer.prepare(
                content.bytes, name: content.name, mime: content.mime, book: request.key.book.text)
            let digests = AddressMeaning.Digests(stored: asset.sha256, found: asset.sourceSHA256)
            guard request.meanings.contains(where: { $0.mayBe(digests) }) else { return .done(.mismatch(digests)) }
            return .prepared(asset, sourceURL: content.sourceURL)
        } catch let error where error.concernsPicture {
            return .done(.problem(error.problem))
        }
    }

    private func outcome(of request: Request) async -> AddressReader.Outcome {
        switch request.address {
        case .text(let address): return await reader.read(address, in: request.file)
        case .either(let first, let last):
            let outcome = await reader.read(first, in: request.file)
            guard case .problem = outcome else { return outcome }
            return await reader.read(last, in: request.file)
        case .inline(let address): return await BlockingThread.run { reader.decode(address) }
        }
    }

    /// As far as the first bytes tell, and all of them where a mention says a digest.
    private func plan(_ content: AddressReader.Content, _ meanings: [AddressMeaning]) -> Result {
        let limits = workspace.settings.importLimits
        do throws(ImportError) {
            let type = try limits.admit(content.bytes)
            if meanings.allSatisfy({ $0.sha256 != nil }) {
                let digests = AddressMeaning.Digests(of: content.bytes, type, rule: limits.metadata)
                guard meanings.contains(where: { $0.mayBe(digests) }) else { return .mismatch(digests) }
            }
            return .planned("import \(content.bytes.count) bytes of \(type.mime)")
        } catch {
            return .problem(error.problem)
        }
    }

    /// What failed is remembered, so that a dead host is not asked for every document again.
    private func recordFailures(_ results: [(address: String?, Result)]) throws {
        guard let catalog = workspace.catalog, workspace.access.catalog == .writes else { return }
        let failures = results.compactMap { address, result -> (String, Problem)? in
            guard case .problem(let problem) = result, let address, address.hasPrefix("http"),
                problem.code == .assetGone || problem.code == .fetchFailed
            else { return nil }
            return (address, problem)
        }
        guard !failures.isEmpty else { return }
        try catalog.write { writer in
            for (url, problem) in failures.sorted(by: { $0.0 < $1.0 }) {
                try writer.recordSourceFailure(
                    url, words: problem.notes.first ?? problem.headline, code: problem.code.rawValue,
                    isTransient: problem.isTransient)
            }
        }
    }
}
