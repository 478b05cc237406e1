internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// What mentions say they mean, told by their documents and the catalog, before anything is read or fetched.
struct MentionClaims: Sendable {
    let workspace: Workspace
    let options: RunOptions
    /// Whether pictures may come in by their addresses.
    let imports: Bool
    /// Addresses that another takes the place of.
    let substituted: Set<ByteKey>
    /// What can be brought back; `nil` where nothing is.
    let removed: RemovedAssets?

    /// For each document the claim of each of its mentions, in their order.
    func find(in works: [WorkDocument]) async throws -> [[Claim]] {
        let jobs = workspace.host.jobs
        let contexts = await works.concurrentMap(limit: jobs) { DocumentContext($0.loaded, book: $0.book, id: $0.id) }
        let groups = MentionPart.groups(
            ofCounts: works.map { $0.loaded.collected.mentions.count }, into: jobs)
        var result = works.map { work in
            var claims: [Claim] = []
            claims.reserveCapacity(work.loaded.collected.mentions.count)
            return claims
        }
        // Some groups at a time: all of them beside the result would be twice the memory.
        for start in stride(from: 0, to: groups.count, by: jobs) {
            let groups = Array(groups[start..<min(start + jobs, groups.count)])
            let found = try await groups.concurrentMap(limit: jobs) { parts in
                guard let catalog = workspace.catalog else { return try claims(of: parts, works, contexts, nil) }
                return try catalog.readBeside { try claims(of: parts, works, contexts, $0) }
            }
            for (part, claims) in zip(groups.joined(), found.joined()) { result[part.document] += claims }
        }
        return result
    }

    /// A mention of a picture that only its `data:` URL tells of, or what a mention says.
    private enum Saying {
        case inline(InlineAddress)
        case details(MentionDetails)

        var details: MentionDetails? {
            if case .details(let details) = self { details } else { nil }
        }
    }

    private func claims(
        of parts: [MentionPart], _ works: [WorkDocument], _ contexts: [DocumentContext], _ catalog: CatalogReader?
    ) throws -> [[Claim]] {
        let said = parts.map { part in
            let document = works[part.document].loaded.collected
            return document.mentions[part.mentions].map { saying(of: $0, in: document) }
        }
        if let catalog { try fetchAhead(parts, said, works, contexts, catalog) }
        let agreement = SourceAgreement(catalog: catalog)
        return try zip(parts, said).map { part, said in
            let document = works[part.document].loaded.collected
            let lookup = try AssetLookup(
                catalog, contexts[part.document], substituted: substituted, removed: removed,
                prefersAddresses: options.preference == .document)
            return try zip(document.mentions[part.mentions], said).map { mention, said in
                switch said {
                case .inline(let address): .address(.inline(address))
                case .details(let details): try claim(of: mention, details, in: document, lookup, agreement)
                }
            }
        }
    }

    private func fetchAhead(
        _ parts: [MentionPart], _ said: [[Saying]], _ works: [WorkDocument], _ contexts: [DocumentContext],
        _ catalog: CatalogReader
    ) throws {
        var digests: [SHA256Digest] = []
        var addresses: [String] = []
        for (part, said) in zip(parts, said) {
            let mentions = works[part.document].loaded.collected.mentions[part.mentions]
            for (mention, said) in zip(mentions, said) {
                guard let details = said.details else { continue }
                if let digest = contexts[part.document].entries.digest(for: mention, saying: details) {
                    digests.append(digest)
                }
                if mention.form == .remoteURL, let address = details.address {
                    addresses.append(AssetLookup.normalized(AddressForm.trimmed(address)))
                }
            }
        }
        try catalog.fetchAhead(assets: digests)
        if !options.refetches { try catalog.fetchAhead(assetsAt: addresses) }
    }

    /// An inline address is one where nothing may take its place.
    private func saying(of mention: Mention, in document: CollectedDocument) -> Saying {
        if imports, substituted.isEmpty, document.content(of: mention) == .picture,
            mention.site != .fieldObject
                || document.details(of: mention, shorteningInline: true).sha256 == nil,
            let address = document.inlineAddress(of: mention)
        {
            return .inline(address)
        }
        return .details(document.details(of: mention))
    }

    private func claim(
        of mention: Mention, _ details: MentionDetails, in document: CollectedDocument, _ lookup: AssetLookup,
        _ agreement: SourceAgreement
    ) throws -> Claim {
        switch try lookup.identify(mention, details, refetches: options.refetches) {
        case .problem(let problem): return .settled(.left(problem))
        case .unknown(let id, let problem): return .unknown(id: id, problem)
        case .dead(let words): return .settled(.left(AddressReader.dead(words, details.address ?? "")))
        case .address(let address, let id, let digest):
            let attachments = AttachmentRule(allowed: workspace.settings.importLimits.allowed)
            let content = document.content(of: mention)
            if let problem = attachments.refusal(of: content, address, mime: details.mime) {
                return .settled(.passed(problem))
            }
            let next = details.nextOwnAddress
            return .address(
                next.map { AddressImports.Address.either(address, $0) } ?? .text(address),
                AddressMeaning(id: id, sha256: digest))
        case .known(let asset): return try claim(asset, mention, details, agreement)
        }
    }

    private func claim(
        _ asset: ResolvedAsset, _ mention: Mention, _ details: MentionDetails, _ agreement: SourceAgreement
    ) throws -> Claim {
        guard let address = AssetLookup.addressBesideName(of: mention, details, meaning: asset) else {
            guard options.preference != .catalog, let url = try agreement.anothersAddress(toldOf: asset) else {
                return .known(asset)
            }
            return .compare(asset, address: url, isInLaterMember: false)
        }
        if mention.site == .node && details.isInLaterMember { return try laterClaim(asset, address, agreement) }
        if try agreement.holds(between: asset, and: address) { return .known(asset) }
        switch options.preference {
        case .catalog: return .known(asset)
        case .document, nil: return .compare(asset, address: address, isInLaterMember: false)
        }
    }

    /// The member that comes first is not there; what stands in a later one may be the asset's, or something else.
    private func laterClaim(
        _ asset: ResolvedAsset, _ address: String, _ agreement: SourceAgreement
    ) throws -> Claim {
        switch AddressForm(AddressForm.trimmed(address)) {
        case .dataURL, .localFile: return .compare(asset, address: address, isInLaterMember: true)
        // Nobody is asked for an address that does not stand for the picture.
        case .remoteURL where try agreement.holds(between: asset, and: address): return .known(asset)
        case .remoteURL, .dead: return .passedOver(asset)
        }
    }
}
