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
    private let positions: PositionRule

    init(_ workspace: Workspace, _ options: CheckOptions) {
        self.workspace = workspace
        self.options = options
        let reader = AddressReader(
            settings: workspace.settings, substitutions: [:], fetcher: workspace.fetcher,
            remote: options.isOnline ? workspace.remote : nil)
        addresses = AddressJudge(reader: reader, limits: workspace.settings.importLimits, options: options)
        bytes = BytesJudge(workspace, options, reader)
        attachments = AttachmentRule(allowed: workspace.settings.importLimits.allowed)
        positions = PositionRule(workspace.settings.importLimits.metadata, workspace.catalog)
        comparison = SourceComparison(workspace: workspace, reader: reader, cache: ComparisonCache(), refetches: false)
    }

    /// - Parameter jobs: parts of the document that may be judged side by side.
    func findings(
        in document: LoadedDocument, of file: LoadedFile, owner: OwnerBooks.Owner, jobs: Int
    ) async throws -> [Diagnostic] {
        var book = ""
        if case .book(let known) = owner { book = known }
        let context = DocumentContext(document, book: book, id: document.catalogID(file.file, workspace.settings))
        let entries = JudgedEntries(of: document, context.entries)
        let groups = MentionPart.groups(ofCounts: [document.collected.mentions.count], into: jobs)
        let findings = try await Array(groups.joined()).concurrentMap(limit: jobs) { part in
            try await judge(part.mentions, of: document, in: file, context, entries)
        }.flatMap(\.self)
        return PlaceFinder(file).diagnostics(findings, in: document)
            + documentFindings(document, file, owner, entries)
    }

    // MARK: Mentions

    private func judge(
        _ part: Range<Int>, of document: LoadedDocument, in file: LoadedFile, _ context: DocumentContext,
        _ entries: JudgedEntries
    ) async throws -> [MentionFinding] {
        let blobs = BlobFinder(workspace.blobs)
        let mentions = document.collected.mentions
        let claims = try claims(of: document, part, context)
        var findings: [MentionFinding] = []
        for (index, claim) in zip(part, claims) {
            let mention = mentions[index]
            let content = document.collected.content(of: mention)
            var judged = try await judge(claim, mention, content, file.file, blobs)
            judged += others(
                claim.details(standingIn: mention), content, expires: judged.contains { $0.0.code == .addressExpires })
            findings += judged.map { MentionFinding(mention: index, problem: $0, severity: $1) }
        }
        entries.note(
            named: claims.flatMap(\.namedIDs),
            said: zip(part, claims).flatMap { index, claim -> Set<ExpiringEntries.Key> in
                guard mentions[index].site == .node, let asset = claim.asset else { return [] }
                return ExpiringEntries.keys(ofID: asset.documentID, namedBy: mentions[index], in: document.collected)
            })
        return findings
    }

    /// What is said of further addresses, which stay.
    /// - Parameter expires: whether that is said of the mention already.
    private func others(
        _ details: MentionDetails, _ content: RuleTable.Content, expires: Bool
    ) -> [(Problem, Severity?)] {
        guard !details.others.isEmpty else { return [] }
        var said: [(Problem, Severity?)] = []
        if let problem = AddressChecks.kept(details.others, besides: details.address) { said.append((problem, nil)) }
        let pictures = AddressChecks.ofPictures(details.others, in: content)
        if options.purpose == .publish, let problem = AddressChecks.expiring(pictures) {
            said.append((problem, .error))
        } else if !expires, let problem = AddressChecks.expiring(details.others) {
            said.append((problem, nil))
        }
        return said
    }

    /// What one mention says and what the catalog knows of it, read in one go for some of a document's.
    private struct Claim: Sendable {
        var details: MentionDetails
        var outcome: AssetLookup.Outcome
        var book: String
        /// At the remote.
        var copy: CopyAtRemote?
        /// The address beside the id, or that a FileRef tells of it, where it is not known to be the asset's.
        var doubtfulAddress: String?

        var asset: ResolvedAsset? {
            if case .known(let asset) = outcome { return asset }
            return nil
        }

        /// What a reader finds: an address in a later member that only this machine can read does not stand for the
        /// asset.
        func details(standingIn mention: Mention) -> MentionDetails {
            guard mention.site == .node, details.isInLaterMember, asset != nil else { return details }
            if let address = details.address, case .remoteURL = AddressForm(AddressForm.trimmed(address)) {
                return details
            }
            var standing = details
            standing.passOverLaterMembers()
            return standing
        }

        /// The manifest entries that it may mean: a mention that failed names its entry all the same.
        var namedIDs: [ByteKey] {
            if let asset { return [ByteKey(asset.documentID)] }
            return [details.assetID, details.address].compactMap { $0.map(ByteKey.init) }
        }
    }

    private func claims(
        of document: LoadedDocument, _ part: Range<Int>, _ context: DocumentContext
    ) throws -> [Claim] {
        let mentions = document.collected.mentions[part]
        let details = mentions.map { document.collected.details(of: $0) }
        func identify(_ catalog: CatalogReader?) throws -> [Claim] {
            try catalog?.fetchAhead(
                assets: zip(mentions, details).compactMap { context.entries.digest(for: $0, saying: $1) })
            let lookup = try AssetLookup(catalog, context, removed: workspace.removed)
            var claims = try zip(mentions, details).map { mention, details in
                Claim(details: details, outcome: try lookup.identify(mention, details), book: context.book)
            }
            try catalog?.fetchAhead(uploadsOf: claims.compactMap { $0.asset?.row?.id })
            for (index, mention) in zip(claims.indices, mentions) { try complete(&claims[index], mention, catalog) }
            return claims
        }
        guard let catalog = workspace.catalog else { return try identify(nil) }
        return try catalog.readBeside { try identify($0) }
    }

    private func complete(_ claim: inout Claim, _ mention: Mention, _ catalog: CatalogReader?) throws {
        guard let asset = claim.asset else { return }
        if let row = asset.row, let catalog {
            claim.copy = try CopyAtRemote.find(of: row, book: claim.book, remote: workspace.remote, catalog)
        }
        // What stands in a later member does not stand for the picture.
        let isPassedOver = mention.site == .node && claim.details.isInLaterMember
        let agreement = SourceAgreement(catalog: catalog)
        guard let address = AssetLookup.addressBesideName(of: mention, claim.details, meaning: asset) else {
            let isCopy = claim.copy.map { $0.url.hasSameBytes(as: asset.told?.remoteURL) } ?? false
            if !isCopy { claim.doubtfulAddress = try agreement.anothersAddress(toldOf: asset) }
            return
        }
        if !isPassedOver, try !agreement.holds(between: asset, and: address) { claim.doubtfulAddress = address }
    }

    /// An attachment that is not imported is no failure, whatever becomes of the document.
    private func judge(
        _ claim: Claim, _ mention: Mention, _ content: RuleTable.Content, _ file: DocumentFile, _ blobs: BlobFinder
    ) async throws -> [(Problem, Severity?)] {
        guard content != .picture else { return try await judge(claim, mention, file, blobs) }
        if case .address(let address, _, _) = claim.outcome,
            let problem = attachments.refusal(of: content, address, mime: claim.details.mime)
        {
            return [(problem, .warning)] + (AddressChecks.expiringRemote(address).map { [($0, nil)] } ?? [])
        }
        return try await judge(claim, mention, file, blobs).map { problem, severity in
            if let passed = AttachmentRule.passed(content, claim.details.address ?? "", for: problem) {
                return (passed, .warning)
            }
            // Whether it can be imported shows when it is read.
            if case .address = claim.outcome, problem.code == .legacyURL { return (problem, .warning) }
            return (problem, severity)
        }
    }

    private func judge(
        _ claim: Claim, _ mention: Mention, _ file: DocumentFile, _ blobs: BlobFinder
    ) async throws -> [(Problem, Severity?)] {
        switch claim.outcome {
        case .problem(let problem), .unknown(_, let problem): return [(problem, nil)]
        case .dead(let words): return [(AddressReader.dead(words, claim.details.address ?? ""), nil)]
        case .address(let address, _, let digest):
            return await addresses.judge(address, otherwise: claim.details.nextOwnAddress, saying: digest, in: file)
        case .known(var asset):
            // An address beside an id that leads to another picture; what cannot be read here is not judged.
            if let address = claim.doubtfulAddress {
                switch await comparison.compare(asset, address, in: file) {
                case .contradicts(let problem): return [(problem, nil)]
                case .unchecked: asset.standingAddress = .unchecked
                case .agrees: break
                }
            }
            if let new = asset.successor {
                return [(Self.replaced(asset, new), options.purpose == .publish ? .error : nil)]
            }
            if options.purpose == .publish, let problem = positions.problem(with: asset) { return [(problem, .error)] }
            let findings = try await bytes.judge(asset, copy: claim.copy, book: claim.book, in: file, blobs)
            let details = claim.details(standingIn: mention)
            return findings
                + standingAddress(
                    asset, details, mention, claim.copy, hasFindings: !findings.isEmpty,
                    located: located(asset, ByteKey(claim.book), blobs))
        }
    }

    /// The asset with its bytes where they are here.
    private func located(_ asset: ResolvedAsset, _ book: ByteKey, _ blobs: BlobFinder) -> ResolvedAsset {
        var asset = asset
        let found = blobs.find(asset.sha256, book: book, ext: asset.row?.ext, others: { [] })
        asset.blobPath = found.flatMap { workspace.blobs?.absolutePath(of: $0.path) }
        return asset
    }

    private var hasRemote: Bool { workspace.settings.remote != nil }

    /// What a reader finds in the document itself.
    private func standingAddress(
        _ asset: ResolvedAsset, _ details: MentionDetails, _ mention: Mention, _ copy: CopyAtRemote?,
        hasFindings: Bool, located: @autoclosure () -> ResolvedAsset
    ) -> [(Problem, Severity?)] {
        let url = mention.site == .node ? details.address : details.remoteURL
        // Nearly always they are one.
        let others = [details.address, asset.told?.remoteURL].filter { $0 != nil && $0?.hasSameBytes(as: url) != true }
        if let problem = AddressChecks.expiring([url] + others, of: located(), hasRemote: hasRemote) {
            return [(problem, options.purpose == .publish ? .error : nil)]
        }
        guard !hasFindings else { return [] }
        guard options.purpose == .publish else { return localAddress(asset, details, mention, copy) }
        guard let url, case .remoteURL = AddressForm(url) else { return [(Self.noAddress, .error)] }
        if let remote = workspace.remote, remote.isPrivate, remote.owns(url) { return [] }
        return AddressChecks.private(url).map { [($0, nil)] } ?? []
    }

    /// What a reader without this machine does not find, and an editor may not keep.
    private func localAddress(
        _ asset: ResolvedAsset, _ details: MentionDetails, _ mention: Mention, _ copy: CopyAtRemote?
    ) -> [(Problem, Severity?)] {
        if let address = details.address {
            return AddressChecks.held(address, in: details, hasRemote: hasRemote).map { [($0, nil)] } ?? []
        }
        let isReachable = copy != nil || asset.told?.remoteURL != nil
        let isEmptied = mention.site == .node && !isReachable && !workspace.settings.editorHasAssetID
        return isEmptied ? [(EmptiedNode.problem(Self.noSrc, hasRemote: hasRemote), nil)] : []
    }

    private static let noSrc = "image has an asset id and no address"

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
        _ document: LoadedDocument, _ file: LoadedFile, _ owner: OwnerBooks.Owner, _ entries: JudgedEntries
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let isPublish = options.purpose == .publish
        diagnostics += HTMLContents.diagnostics(in: document, of: file, isPublish ? .error : .warning)
        diagnostics += UnreadContents.diagnostics(in: document, of: file, isPublish ? .error : .warning)
        diagnostics += ForeignManifests.diagnostics(in: document, of: file)
        diagnostics += PlaceFinder(file).diagnostics(
            LooseAddresses.findings(in: document.collected, isPublish: isPublish)
                + UnknownValues.findings(in: document.collected, isPublish: isPublish)
                + entries.expiringAddresses(isPublish: isPublish), in: document)
        if case .none(let problem) = owner, !document.collected.mentions.isEmpty {
            diagnostics.append(
                Diagnostic(
                    problem, at: Place(file: file.file.label, line: document.line),
                    severity: isPublish ? .error : .warning))
        }
        if let problem = entries.unused {
            diagnostics.append(Diagnostic(problem, at: Place(file: file.file.label, line: document.line)))
        }
        return diagnostics
    }
}
