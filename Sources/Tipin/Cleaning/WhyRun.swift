package import TipinAssets
package import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `assets why`: everything that needs an asset, as clean-up sees it.
package struct WhyRun: Sendable {
    private let workspace: Workspace
    private let catalog: Catalog

    /// - Throws: `CatalogError.missing` where there is no store.
    package init(_ workspace: Workspace) throws {
        self.workspace = workspace
        catalog = try workspace.standingCatalog()
    }

    /// What was found, and what could not be read.
    package struct Answer: Sendable {
        package var references: [AssetReference] = []
        /// Documents that were read.
        package var documents = 0
        package var failures: [Diagnostic] = []
    }

    /// - Parameters:
    ///   - documents: where mentions are looked for.
    ///   - lines: read in place of the documents' paths, where it is given.
    package func run(_ asset: Asset, documents: [PathGroup], lines: LineSource? = nil) async throws -> Answer {
        var answer = Answer()
        answer.references = try catalog.read { try stored(asset, $0) }
        let names = try catalog.read { try Names(asset, $0) }
        for group in documents {
            var leftOut: [LeftOut] = []
            var reader = try DocumentReader(
                group.settings, host: workspace.host, collect: Collect(group.settings), paths: group.paths,
                lines: lines, passesOver: .nothing
            ) { leftOut.append($0) }
            answer.failures += DocumentRoots.failures(leftOut)
            while let loaded = try await reader.next() {
                for file in loaded {
                    answer.documents += file.documents.count
                    answer.failures += file.faults.filter { $0.severity == .error }
                    answer.references += Self.references(in: file, names)
                }
            }
        }
        if !documents.isEmpty, answer.documents == 0, answer.failures.isEmpty {
            answer.failures.append(Diagnostic(lines == nil ? RewriteRun.noDocuments() : RewriteRun.noLines))
        }
        return answer
    }

    // MARK: The catalog

    private func stored(_ asset: Asset, _ reader: CatalogReader) throws -> [AssetReference] {
        var references = try reader.links(toAsset: asset.id).map { link in
            var reference = AssetReference(.link)
            (reference.entity, reference.role) = (link.entity, link.role)
            reference.documents = try reader.marks(of: link.id).map { "\($0.kind) \($0.document)" }
            return reference
        }
        for upload in try reader.uploads(of: asset.id) {
            let place = upload.remoteURL.map { " as \(Redaction.redacted($0))" } ?? ""
            references.append(
                AssetReference(
                    .upload,
                    words: "\(upload.status.rawValue) for book \(upload.key.bookID) at \(upload.key.remote)\(place)"))
        }
        references += try reader.plans(naming: asset.id).map { AssetReference(.plan, words: $0.plan) }
        references += try runs(naming: asset, reader).map { AssetReference(.run, words: $0) }
        var columns = try reader.foreignKeys(naming: asset.id)
        columns += try AppNames(of: [(asset.id, asset.sha256)], reader).columns.filter { !columns.contains($0) }
        references += columns.map { AssetReference(.table, words: "\($0.table), column \($0.column)") }
        if let time = try reader.lastUse(of: asset.id) {
            let left = time + workspace.settings.graceMilliseconds - workspace.host.clock.now()
            if left > 0 {
                let hours = (left + 3_599_999) / 3_600_000
                references.append(
                    AssetReference(.grace, words: "used lately, kept for \(hours) hour\(hours == 1 ? "" : "s")"))
            }
        }
        return references
    }

    /// The runs that can be undone and name the asset.
    private func runs(naming asset: Asset, _ reader: CatalogReader) throws -> [String] {
        guard let folder = workspace.blobs?.folder else { return [] }
        return try KeptAssets(folder, reader).keepers(of: asset.id, asset.sha256).compactMap { keeper in
            if case .run(let id) = keeper { return id }
            return nil
        }
    }

    // MARK: Documents

    /// By what an asset may be named.
    private struct Names {
        var ids: Set<ByteKey>
        var search: TextSearch
        var digests: Set<SHA256Digest>
        var addresses: Set<ByteKey>

        init(_ asset: Asset, _ reader: CatalogReader) throws {
            ids = try Set(([asset.id] + reader.aliases(of: asset.id).map { $0.id }).map { ByteKey($0) })
            search = TextSearch(ids.map(\.text).filter { !WordScanner.finds($0) })
            digests = try Set([asset.sha256] + reader.sourceDigests(of: asset.id))
            addresses = try Set(
                (reader.remoteURLs(of: asset.id) + reader.sourceURLs(of: asset.id)).map { ByteKey($0) })
        }

        func contain(_ naming: Naming) -> Bool {
            naming.ids.contains { ids.contains(ByteKey($0)) } || naming.digests.contains(where: digests.contains)
                || naming.addresses.contains { addresses.contains(ByteKey($0)) }
        }

        func stand(in text: [UInt8]) -> Bool {
            var found = false
            text.withUnsafeBufferPointer { text in
                WordScanner(text).forEachWord { word in
                    guard !found else { return }
                    let text = String(decoding: word, as: UTF8.self)
                    found = ids.contains(ByteKey(text)) || SHA256Digest(text).map(digests.contains) ?? false
                }
                search.forEachCandidate(in: text) { candidate in
                    found = found || ids.contains(ByteKey(String(decoding: candidate, as: UTF8.self)))
                }
            }
            return found
        }
    }

    private static func bookEntity(_ document: CollectedDocument) -> Entity? {
        let id = document.kind == .book ? document.id : document.bookID
        return id.map { Entity(type: .book, id: $0) }
    }

    private static func references(in file: LoadedFile, _ names: Names) -> [AssetReference] {
        var references: [AssetReference] = []
        for document in file.documents {
            var mentions: [Int] = []
            var others: [AssetReference] = []
            Naming.forEach(in: document) { naming in
                guard names.contain(naming) else { return }
                if let mention = naming.mention {
                    mentions.append(mention)
                } else {
                    let kind: AssetReference.Kind = naming.kind == .html ? .html : .manifest
                    let place = Place(file: file.file.label, line: document.line, pointer: naming.pointer)
                    others.append(AssetReference(kind, at: place, words: naming.ids.first))
                }
            }
            let chosen = mentions.map { document.collected.mentions[$0] }
            let places = chosen.isEmpty ? [] : PlaceFinder(file).places(of: chosen, in: document)
            for (mention, place) in zip(chosen, places) {
                var reference = AssetReference(.mention, at: place)
                reference.role = document.collected.role(of: mention).rawValue
                reference.entity = document.collected.entity(of: mention) ?? bookEntity(document.collected)
                references.append(reference)
            }
            references += others
        }
        if references.isEmpty, names.stand(in: file.bytes) {
            references.append(AssetReference(.text, at: Place(file: file.file.label)))
        }
        return references
    }
}
