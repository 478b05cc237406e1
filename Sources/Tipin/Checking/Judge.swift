internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON
internal import TipinSync

/// Says what is broken in one document, for the purpose that was asked (RULES "check").
struct Judge: Sendable {
    private let workspace: Workspace
    private let options: CheckOptions
    private let addresses: AddressJudge
    private let bytes: BytesJudge
    private let comparison: SourceComparison
    private let attachments: AttachmentRule

    init(_ workspace: Workspace, _ options: CheckOptions) {
        self.workspace = workspace
        self.options = options
        let reader = AddressReader(
            settings: workspace.settings, substitutions: [:], fetcher: workspace.fetcher,
            remote: options.isOnline ? workspace.remote : nil)
        addresses = AddressJudge(reader: reader, limits: workspace.settings.importLimits, options: options)
        bytes = BytesJudge(workspace, options)
        attachments = AttachmentRule(allowed: workspace.settings.importLimits.allowed)
        comparison = SourceComparison(workspace: workspace, reader: reader, cache: ComparisonCache())
    }

    func findings(in document: LoadedDocument, of file: LoadedFile, book: String?) async throws -> [Diagnostic] {
        var findings: [MentionFinding] = []
        let claims = try claims(of: document, file.file, book ?? "")
        for (index, (details, outcome)) in claims.enumerated() {
            let mention = document.collected.mentions[index]
            let content = document.collected.content(of: mention)
            var judged = try await judge(outcome, details, mention, content, file.file, book ?? "")
            if mention.site == .node, content == .picture, let name = details.alternateName {
                judged.append((AddressChecks.alternate(name), nil))
            }
            for (problem, severity) in judged {
                findings.append(MentionFinding(mention: index, problem: problem, severity: severity))
            }
        }
        return PlaceFinder(file).diagnostics(findings, in: document)
            + documentFindings(document, file, book, claims)
    }

    // MARK: Mentions

    private func claims(
        of document: LoadedDocument, _ file: DocumentFile, _ book: String
    ) throws -> [(MentionDetails, AssetLookup.Outcome)] {
        let entries = ManifestEntries(of: document)
        func identify(_ catalog: CatalogReader?) throws -> [(MentionDetails, AssetLookup.Outcome)] {
            try catalog?.fetchAhead(assets: entries.digests)
            let lookup = try AssetLookup(
                catalog, document, book: book, documentID: document.catalogID(file, workspace.settings),
                entries: entries)
            return try document.collected.mentions.map { mention in
                let details = document.collected.details(of: mention)
                return (details, try lookup.identify(mention, details))
            }
        }
        guard let catalog = workspace.catalog else { return try identify(nil) }
        return try catalog.read { try identify($0) }
    }

    /// An attachment that is not imported is no failure, whatever becomes of the document.
    private func judge(
        _ outcome: AssetLookup.Outcome, _ details: MentionDetails, _ mention: Mention, _ content: RuleTable.Content,
        _ file: DocumentFile, _ book: String
    ) async throws -> [(Problem, Severity?)] {
        guard content != .picture else { return try await judge(outcome, details, mention, file, book) }
        if case .address(let address, _) = outcome,
            let problem = attachments.refusal(of: content, address, mime: details.mime)
        {
            return [(problem, .warning)] + (AddressChecks.expiringRemote(address).map { [($0, nil)] } ?? [])
        }
        return try await judge(outcome, details, mention, file, book).map { problem, severity in
            if let passed = AttachmentRule.passed(content, details.address ?? "", for: problem) {
                return (passed, .warning)
            }
            // Whether it can be imported shows when it is read.
            if case .address = outcome, problem.code == .legacyURL { return (problem, .warning) }
            return (problem, severity)
        }
    }

    private func judge(
        _ outcome: AssetLookup.Outcome, _ details: MentionDetails, _ mention: Mention, _ file: DocumentFile,
        _ book: String
    ) async throws -> [(Problem, Severity?)] {
        switch outcome {
        case .problem(let problem), .unknown(_, let problem): return [(problem, nil)]
        case .dead(let words): return [(AddressReader.dead(words, details.address ?? ""), nil)]
        case .address(let address, _): return await addresses.judge(address, in: file)
        case .known(let asset):
            let isPassedOver = mention.site == .node && details.isInLaterMember
            if !isPassedOver, let problem = try await contradiction(asset, details, file) { return [(problem, nil)] }
            if let new = asset.successor {
                return [(Self.replaced(asset, new), options.purpose == .publish ? .error : nil)]
            }
            let findings = try await bytes.judge(asset, details, book)
            return findings + standingAddress(asset, details, mention, hasFindings: !findings.isEmpty)
        }
    }

    /// An address beside an id that leads to another picture; what cannot be read here is not judged.
    private func contradiction(
        _ asset: ResolvedAsset, _ details: MentionDetails, _ file: DocumentFile
    ) async throws -> Problem? {
        guard details.assetID != nil, let address = details.address,
            !address.hasSameBytes(as: details.assetID)
        else { return nil }
        let agrees =
            try workspace.catalog?.read { try SourceAgreement(catalog: $0).holds(between: asset, and: address) }
            ?? SourceAgreement(catalog: nil).holds(between: asset, and: address)
        guard !agrees, case .contradicts(let problem) = await comparison.compare(asset, address, in: file) else {
            return nil
        }
        return problem
    }

    /// What a reader finds in the document itself.
    private func standingAddress(
        _ asset: ResolvedAsset, _ details: MentionDetails, _ mention: Mention, hasFindings: Bool
    ) -> [(Problem, Severity?)] {
        let url = mention.site == .node ? details.address : details.remoteURL
        let standing = [url, details.address, asset.told?.remoteURL]
        if let problem = standing.lazy.compactMap(AddressChecks.expiringRemote).first {
            return [(problem, options.purpose == .publish ? .error : nil)]
        }
        guard options.purpose == .publish, !hasFindings else { return [] }
        guard let url, case .remoteURL = AddressForm(url) else { return [(Self.noAddress, .error)] }
        if let remote = workspace.remote, remote.isPrivate, remote.owns(url) { return [] }
        return AddressChecks.private(url).map { [($0, nil)] } ?? []
    }

    private static func replaced(_ asset: ResolvedAsset, _ new: Asset) -> Problem {
        Problem(
            .assetReplaced, "another picture takes this one's place",
            notes: ["asset '\(Redaction.printable(String(asset.documentID.prefix(40))))' was replaced by '\(new.id)'"],
            help: ["run 'tipin resolve' or 'tipin publish' on the document"])
    }

    private static let noAddress = Problem(
        .remoteURLMissing, "image has no address that readers can open",
        help: ["run 'tipin publish' on the document"])

    // MARK: The document

    private func documentFindings(
        _ document: LoadedDocument, _ file: LoadedFile, _ book: String?,
        _ claims: [(MentionDetails, AssetLookup.Outcome)]
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let isPublish = options.purpose == .publish
        diagnostics += HTMLContents.diagnostics(in: document, of: file, isPublish ? .error : .warning)
        diagnostics += ForeignManifests.diagnostics(in: document, of: file)
        if book == nil && !document.collected.mentions.isEmpty {
            diagnostics.append(
                Diagnostic(
                    OwnerBooks.unknown, at: Place(file: file.file.label, line: document.line),
                    severity: isPublish ? .error : .warning))
        }
        return diagnostics + unusedEntries(document, file, claims)
    }

    private func unusedEntries(
        _ document: LoadedDocument, _ file: LoadedFile, _ claims: [(MentionDetails, AssetLookup.Outcome)]
    ) -> [Diagnostic] {
        // A mention that failed names its entry all the same.
        let used = Set(
            claims.flatMap { details, outcome -> [ByteKey] in
                guard case .known(let asset) = outcome else {
                    return [details.assetID, details.address].compactMap { $0.map(ByteKey.init) }
                }
                return [ByteKey(asset.documentID)]
            })
        let unused = Set(ManifestEntries(of: document).all.map { ByteKey($0.entry.key) }).subtracting(used)
        guard !unused.isEmpty else { return [] }
        let problem = Problem(
            .manifestUnused, "manifest has entries that no node names",
            notes: ["\(unused.count) of them, e.g. '\(Redaction.printable(unused.sorted()[0].text))'"],
            help: ["'tipin resolve' with --prune-manifest removes them"])
        return [Diagnostic(problem, at: Place(file: file.file.label, line: document.line))]
    }
}
