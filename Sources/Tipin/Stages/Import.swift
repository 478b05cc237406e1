internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinSync

/// The third stage: each mention becomes an asset, or the reason why not (RULES "Which asset a mention means").
struct Import: Sendable {
    let workspace: Workspace
    let options: RunOptions
    /// `resolve` only looks up, `sync` also brings bytes here, the others import.
    let stages: RewriteRun.Stages
    private let comparisons: ComparisonCache
    private let presences: PresenceCache
    private let others: OtherDocuments?
    private let search: DigestSearch
    private let reader: AddressReader
    private let substituted: Set<ByteKey>

    init(
        _ workspace: Workspace, _ options: RunOptions, _ stages: RewriteRun.Stages, _ comparisons: ComparisonCache,
        _ presences: PresenceCache, _ others: OtherDocuments?, _ search: DigestSearch, _ refused: RefusedAddresses?
    ) {
        self.search = search
        self.comparisons = comparisons
        self.presences = presences
        self.others = others
        self.workspace = workspace
        self.options = options
        self.stages = stages
        let substitutions = options.substitutionsByAddress
        substituted = Set(substitutions.keys)
        // A folder is looked at without any network.
        let reachesRemote = workspace.access.reachesRemote || workspace.remote?.name.isFolder == true
        reader = AddressReader(
            settings: workspace.settings, substitutions: substitutions, fetcher: workspace.fetcher,
            remote: reachesRemote ? workspace.remote : nil,
            failures: options.refetches ? nil : workspace.catalog, refused: refused)
    }

    /// For each document the outcome of each of its mentions, in their order.
    func run(_ works: [WorkDocument]) async throws -> [[MentionOutcome]] {
        let found = try await MentionClaims(
            workspace: workspace, options: options, imports: stages.imports, substituted: substituted,
            removed: stages.recovers ? workspace.removed : nil
        ).find(in: works)
        let claims = try await compare(found, works)
        let results = try await readAddresses(claims, works)
        var outcomes = settle(claims, results, works)
        try await putSuccessors(&outcomes, works)
        if stages.recovers {
            try await Recovery(
                workspace: workspace, options: options, reader: reader, others: others, search: search,
                presences: presences
            ).run(&outcomes, works)
        }
        try await Possession(workspace: workspace, adds: stages.recovers).complete(&outcomes, works)
        try await recordAgreedAddresses(outcomes, works)
        return outcomes
    }

    /// Puts each asset that was replaced out of its place. What was found out of its address stays true of it.
    private func putSuccessors(_ outcomes: inout [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        guard outcomes.contains(where: { $0.contains { $0.asset?.successor != nil } }) else { return }
        try await recordAgreedAddresses(outcomes, works)
        for work in outcomes.indices {
            for mention in outcomes[work].indices {
                guard let asset = outcomes[work][mention].asset else { continue }
                outcomes[work][mention].resolution = .asset(asset.standing)
            }
        }
    }

    private func recordAgreedAddresses(_ outcomes: [[MentionOutcome]], _ works: [WorkDocument]) async throws {
        guard stages.imports, workspace.importer != nil else { return }
        let imports = AddressImports(workspace: workspace, reader: reader)
        try await AgreedAddresses(imports: imports).record(outcomes, works)
    }

    // MARK: Whether the address beside an id is of the same picture

    private func compare(_ claims: [[Claim]], _ works: [WorkDocument]) async throws -> [[Claim]] {
        var claims = claims
        let open = claims.indices.flatMap { work in
            claims[work].indices.compactMap { index -> Comparison? in
                guard case .compare(let asset, let address, let isLater) = claims[work][index] else { return nil }
                return Comparison(
                    work: work, mention: index, asset: asset, address: address, isInLaterMember: isLater)
            }
        }
        guard !open.isEmpty else { return claims }
        let comparison = SourceComparison(
            workspace: workspace, reader: reader, cache: comparisons, refetches: options.refetches)
        let settled = await open.concurrentMap(limit: 4) { open -> Claim in
            let outcome = await comparison.compare(open.asset, open.address, in: works[open.work].file)
            if open.isInLaterMember {
                if case .agrees = outcome { return .known(open.asset) }
                return .passedOver(open.asset)
            }
            return self.claim(open.asset, open.address, outcome)
        }
        for (open, claim) in zip(open, settled) { claims[open.work][open.mention] = claim }
        return claims
    }

    private struct Comparison: Sendable {
        var work: Int
        var mention: Int
        var asset: ResolvedAsset
        var address: String
        var isInLaterMember: Bool
    }

    private func claim(_ asset: ResolvedAsset, _ address: String, _ outcome: SourceComparison.Outcome) -> Claim {
        var asset = asset
        switch outcome {
        case .agrees:
            let trimmed = AddressForm.trimmed(address)
            if case .remoteURL = AddressForm(trimmed) { asset.agreedAddress = AssetLookup.normalized(trimmed) }
            return .known(asset)
        // The address's picture counts, and it is the import's to say why it cannot be read.
        case .contradicts where options.preference == .document, .unchecked where options.preference == .document:
            return .address(.text(address))
        case .contradicts(let problem): return .settled(.left(problem))
        case .unchecked(let problem):
            asset.standingAddress = .unchecked
            // A dry run asks nobody; the run itself will.
            if stages.imports { return .settled(.asset(asset), warnings: workspace.importer == nil ? [] : [problem]) }
            return .settled(.left(problem))
        }
    }

    // MARK: What addresses lead to

    /// For each claim what its address led to, `nil` where there is none; nothing at all where none is read.
    private func readAddresses(
        _ claims: [[Claim]], _ works: [WorkDocument]
    ) async throws -> [[AddressImports.Result?]]? {
        guard stages.imports else { return nil }
        var requests: [AddressImports.Request] = []
        var places: [AddressImports.Key: Int] = [:]
        let wanted = zip(works, claims).map { work, claims in
            claims.map { claim -> Int? in
                guard case .address(let address, let meaning) = claim else { return nil }
                let key = AddressImports.key(address, of: work)
                let place = places[key] ?? requests.count
                if place == requests.count {
                    places[key] = place
                    requests.append(.init(key: key, address: address, file: work.file, meanings: []))
                }
                requests[place].meanings.append(meaning)
                return place
            }
        }
        guard !requests.isEmpty else { return nil }
        let results = try await AddressImports(workspace: workspace, reader: reader).run(requests)
        return wanted.map { $0.map { $0.map { results[$0] } } }
    }

    private func settle(
        _ claims: [[Claim]], _ results: [[AddressImports.Result?]]?, _ works: [WorkDocument]
    ) -> [[MentionOutcome]] {
        works.indices.map { work in
            let claims = claims[work]
            var outcomes = claims.indices.map { outcome(of: claims[$0], results?[work][$0]) }
            let names = SharedNames(claims, outcomes)
            let document = works[work].loaded.collected
            for (index, mention) in document.mentions.enumerated() {
                outcomes[index] = passed(names.outcome(of: claims[index], outcomes[index]), mention, document)
            }
            return outcomes
        }
    }

    private func outcome(of claim: Claim, _ result: AddressImports.Result?) -> MentionOutcome {
        switch claim {
        case .unknown(_, let problem): MentionOutcome(.left(problem))
        case .settled(let resolution, let warnings): MentionOutcome(resolution, warnings: warnings)
        case .known(let asset), .compare(let asset, _, _): MentionOutcome(.asset(asset))
        case .address(let address, let meaning): outcome(result, meaning, address)
        }
    }

    /// An attachment that failed for what it is, is none of the failures.
    private func passed(
        _ outcome: MentionOutcome, _ mention: Mention, _ document: CollectedDocument
    ) -> MentionOutcome {
        let content = document.content(of: mention)
        guard content != .picture, let problem = outcome.problem else { return outcome }
        let address = document.details(of: mention).address ?? ""
        return AttachmentRule.passed(content, address, for: problem).map { MentionOutcome(.passed($0)) } ?? outcome
    }

    private func outcome(
        _ result: AddressImports.Result?, _ meaning: AddressMeaning, _ address: AddressImports.Address
    ) -> MentionOutcome {
        let id = meaning.id
        switch result {
        case .asset(let row, let digests, let warnings):
            if id != row.id, !meaning.mayBe(digests) {
                return MentionOutcome(.left(meaning.problem(with: digests, at: address)))
            }
            var asset = ResolvedAsset(documentID: id ?? row.id, sha256: row.sha256, row: row)
            asset.isAlias = id.map { !$0.hasSameBytes(as: row.id) } ?? false
            return MentionOutcome(.asset(asset), warnings: warnings)
        case .mismatch(let digests): return MentionOutcome(.left(meaning.problem(with: digests, at: address)))
        case .problem(let problem): return MentionOutcome(.left(problem))
        case .planned(let words): return MentionOutcome(.planned(words))
        case nil: return MentionOutcome(.left(Self.notImported))
        }
    }

    static let notImported = Problem(
        .notImported, "image is not an asset yet", help: ["run 'tipin migrate' to import it"])
}
