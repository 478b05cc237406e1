internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// What is said of addresses that stay in the document or go from it.
extension DocumentRewriter {
    // MARK: Mentions that become what is known of their asset

    func warnOfAddresses(
        _ index: Int, _ outcome: MentionOutcome, _ asset: ResolvedAsset, _ document: CollectedDocument,
        _ details: MentionDetails, _ members: AssetMembers, _ result: inout DocumentRewrite
    ) {
        let mention = document.mentions[index]
        // What cannot be published for its own address is told with that, and stays.
        let isRefused = options.profile == .publish && publish.problem(with: outcome) != nil
        var address: String?
        switch isRefused ? .keep : members.address {
        case .remove: warnOfRemoval(index, mention.site, details, &result)
        case .set(let url): address = url
        case .keep:
            // A string gives way to its FileRef.
            address = mention.site == .fieldString ? nil : details.address
            warnOfKeptAddress(index, mention.site, outcome, details, &result)
        }
        if let problem = AddressChecks.kept(details.others, besides: address) {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
        if isRefused { return }
        let told = mention.site == .node ? asset.told?.remoteURL : details.remoteURL
        // One warning tells enough: what makes one of them expire makes the other.
        let expiring = AddressChecks.expiring(
            [members.remoteURL ?? told, address], of: asset, hasRemote: hasRemote)
        warnOfExpiring(index, expiring, details.others, document, &result)
    }

    /// A field has its FileRef in the place of the address; of a node without one an editor may know nothing.
    private func warnOfRemoval(
        _ index: Int, _ site: Mention.Site, _ details: MentionDetails, _ result: inout DocumentRewrite
    ) {
        guard site == .node, !editorHasAssetID, !options.dropsSrc, let address = details.address else { return }
        if case .dead = AddressForm(address) { return }
        result.findings.append(
            MentionFinding(mention: index, problem: EmptiedNode.problem(Self.srcRemoved, hasRemote: hasRemote)))
    }

    private func warnOfKeptAddress(
        _ index: Int, _ site: Mention.Site, _ outcome: MentionOutcome, _ details: MentionDetails,
        _ result: inout DocumentRewrite
    ) {
        // A string gives way to its FileRef, and in a dry run the remote's address is not known yet.
        guard site == .node || site == .fieldObject, options.profile != .publish, let address = details.address,
            !address.hasSameBytes(as: outcome.asset?.documentID)
        else { return }
        let held = AddressChecks.held(address, in: details, hasRemote: hasRemote)
        var problem = relativeAddressKept(address)
        if let held {
            problem?.notes += held.notes.dropFirst()
            problem?.help = held.help
        }
        if let problem = problem ?? held {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
    }

    // MARK: Mentions that stay

    func warnOfAddresses(
        _ index: Int, _ outcome: MentionOutcome, _ document: CollectedDocument, _ result: inout DocumentRewrite
    ) {
        let details = document.details(of: document.mentions[index], shorteningInline: true)
        if let problem = AddressChecks.kept(details.others, besides: details.address) {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
        // The remote's address or a FileRef would take its place.
        let goes = outcome.isPlanned && (options.wouldSend || document.mentions[index].site == .fieldString)
        let standing = goes ? [] : [details.address, details.nextOwnAddress]
        let expiring = standing.lazy.compactMap(AddressChecks.expiringRemote).first
        warnOfExpiring(index, expiring, details.others, document, &result)
        if let problem = details.address.flatMap(relativeAddressKept) {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
    }

    // MARK: What both have

    /// - Parameter problem: with the address that counts; then it need not be said once more of the others.
    private func warnOfExpiring(
        _ index: Int, _ problem: Problem?, _ others: [OtherAddress], _ document: CollectedDocument,
        _ result: inout DocumentRewrite
    ) {
        let mention = document.mentions[index]
        let pictures = AddressChecks.ofPictures(others, in: document.content(of: mention))
        if options.profile == .publish, let problem = AddressChecks.expiring(pictures) {
            result.findings.append(MentionFinding(mention: index, problem: problem, severity: .error))
            result.unpublishable.append((document.pointer(of: mention), problem))
        } else if let problem = problem ?? AddressChecks.expiring(others) {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
    }

    /// What a relative address is relative to does not go with a document that goes elsewhere.
    private func relativeAddressKept(_ address: String) -> Problem? {
        guard options.destination.isFolder, case .localFile = AddressForm(address),
            AddressForm.scheme(of: address) == nil, !address.hasPrefix("/")
        else { return nil }
        return Problem(
            .relativeAddressKept, "relative address stays in a document that goes elsewhere",
            notes: ["'\(Redaction.redacted(String(address.prefix(200))))' leads nowhere from the output folder"],
            help: ["mend what keeps the picture from being imported"])
    }

    private static let srcRemoved = "address was removed because only this machine could read it"

    // MARK: Values that are no mentions'

    /// - Parameter isRemoved: whether an entry of a manifest goes.
    func warnOfValues(
        _ work: WorkDocument, _ outcomes: [MentionOutcome], _ result: inout DocumentRewrite,
        isRemoved: (ExpiringEntries.Key) -> Bool
    ) {
        let document = work.loaded.collected
        let isPublish = options.profile == .publish
        var findings =
            LooseAddresses.findings(in: document, isPublish: isPublish)
            + UnknownValues.findings(in: document, isPublish: isPublish)
        let entries = ExpiringEntries(in: work.loaded)
        if !entries.isEmpty {
            var said: Set<ExpiringEntries.Key> = []
            for (mention, outcome) in zip(document.mentions, outcomes) where mention.site == .node {
                guard let asset = outcome.asset else { continue }
                said.formUnion(ExpiringEntries.keys(ofID: asset.documentID, namedBy: mention, in: document))
            }
            findings += entries.findings(isPublish: isPublish) { said.contains($0) || isRemoved($0) }
        }
        result.valueFindings += findings
        for finding in findings where finding.severity == .error {
            result.unpublishable.append((finding.pointer, finding.problem))
        }
    }
}
