internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Makes one document say what is known of its assets.
struct DocumentRewriter: Sendable {
    let options: RunOptions
    let members: ProfileMembers
    let publish: PublishCheck
    let editorHasAssetID: Bool
    private let replaced: ReplacedEntries

    init(_ workspace: Workspace, _ options: RunOptions) {
        self.options = options
        members = ProfileMembers(profile: options.profile, dropsSrc: options.dropsSrc, fillsSize: options.fillsSize)
        publish = PublishCheck(workspace, wouldSend: options.wouldSend)
        editorHasAssetID = workspace.settings.editorHasAssetID
        replaced = ReplacedEntries(catalog: workspace.catalog)
    }

    func rewrite(_ work: WorkDocument, _ outcomes: [MentionOutcome]) -> DocumentRewrite {
        var result = DocumentRewrite()
        let document = work.loaded.collected
        collectFindings(document, outcomes, &result)
        if needsSidecar(document, outcomes), work.loaded.sidecar == nil {
            result.refusal = work.loaded.line == nil ? Self.sidecarUnusable : Self.noManifestPlace(document)
            return result
        }
        if options.profile == .publish, let refusal = publishRefusal(document, outcomes, &result) {
            result.refusal = refusal
            return result
        }
        edit(work, outcomes, &result)
        return result
    }

    // MARK: What is said

    private func collectFindings(
        _ document: CollectedDocument, _ outcomes: [MentionOutcome], _ result: inout DocumentRewrite
    ) {
        for (index, outcome) in outcomes.enumerated() {
            for warning in outcome.warnings { result.findings.append(MentionFinding(mention: index, problem: warning)) }
            if outcome.asset == nil { warnOfStandingAddress(index, outcome, document, &result) }
            if let passed = outcome.passed {
                result.findings.append(MentionFinding(mention: index, problem: passed, severity: .warning))
            }
            guard options.profile != .publish else { continue }
            if let problem = outcome.problem {
                result.findings.append(MentionFinding(mention: index, problem: problem))
            } else if let problem = outcome.asset?.syncProblem {
                // What was to be sent and was not is not done, whatever its code means elsewhere.
                result.findings.append(MentionFinding(mention: index, problem: problem, severity: .error))
            }
        }
    }

    private func publishRefusal(
        _ document: CollectedDocument, _ outcomes: [MentionOutcome], _ result: inout DocumentRewrite
    ) -> Problem? {
        var reasons: [(pointer: String, problem: Problem)] = []
        for (index, outcome) in outcomes.enumerated() {
            guard let problem = publish.problem(with: outcome) else { continue }
            result.findings.append(MentionFinding(mention: index, problem: problem, severity: .error))
            reasons.append((document.pointer(of: document.mentions[index]), problem))
        }
        for html in document.htmlContents {
            reasons.append((html.pointer, HTMLContents.problem()))
        }
        guard !reasons.isEmpty else { return nil }
        let shown = reasons.prefix(20).map { "\(Redaction.shortened($0.pointer)): \($0.problem.headline)" }
        let more = reasons.count > 20 ? ["… and \(reasons.count - 20) more"] : []
        return Problem(
            .documentNotPublished, "document was not published", notes: shown + more,
            help: ["it stays as it was; mend what is named and run again"],
            isTransient: reasons.allSatisfy(\.problem.isTransient))
    }

    // MARK: What is edited

    private func edit(_ work: WorkDocument, _ outcomes: [MentionOutcome], _ result: inout DocumentRewrite) {
        let document = work.loaded.collected
        let style = document.layoutStyle
        var manifests = ManifestPlan(document, sidecar: work.loaded.sidecar?.bytes, style: style)
        var standing = replaced.standing
        for (index, mention) in document.mentions.enumerated() {
            guard let asset = outcomes[index].asset else {
                standing?.add(document.details(of: mention))
                continue
            }
            // Of an address that gives way only the form counts, and an inline one has megabytes.
            var details = document.details(of: mention, shorteningInline: true)
            if mention.site == .node, details.isInLaterMember,
                details.address == nil || asset.standingAddress == .another
            {
                details.passOverLaterMembers()
            }
            var members = members.members(of: asset, role: document.role(of: mention), details)
            members.replacesIdentity =
                (options.preference == .document || asset.takesPlace)
                && details.assetID.map { !$0.hasSameBytes(as: members.assetID) } ?? false
            standing?.add(asset, details, members)
            let edits = document.edits(of: mention, saying: details, as: members, style: style)
            if !edits.isEmpty {
                let start = result.edits.count
                result.changedMentions += 1
                let isReplaced = !members.assetID.hasSameBytes(as: details.assetID)
                result.mentionEdits.append(
                    .init(
                        mention: index, edits: start..<(start + edits.count),
                        oldAssetID: isReplaced ? details.assetID : nil))
            }
            result.edits += edits
            if mention.site == .node { manifests.add(members, at: place(of: mention, document)) }
            warnOfAddress(index, mention.site, asset, details, members, &result)
        }
        if let id = manifests.contradictoryID {
            result.edits = []
            result.mentionEdits = []
            result.changedMentions = 0
            result.refusal = Self.contradictoryManifest(id)
            return
        }
        let used = usedIDs(document, outcomes)
        let dropped = replaced.keys(in: work, standing)
        result.edits += manifests.edits(keeping: used, dropping: dropped)
        if work.loaded.sidecar != nil { result.sidecar = manifests.sidecar(keeping: used, dropping: dropped) }
    }

    /// Every id that the document may name an asset by, whatever became of its mentions; `nil` where no entry is to be
    /// removed. What HTML names nobody knows.
    private func usedIDs(_ document: CollectedDocument, _ outcomes: [MentionOutcome]) -> Set<ByteKey>? {
        guard options.prunesManifest, document.htmlContents.isEmpty else { return nil }
        var used: Set<ByteKey> = []
        for (mention, outcome) in zip(document.mentions, outcomes) {
            let details = document.details(of: mention)
            for id in [details.assetID, details.address, outcome.asset?.documentID].compactMap(\.self) {
                used.insert(ByteKey(id))
            }
        }
        return used
    }

    private func place(of mention: Mention, _ document: CollectedDocument) -> Int32 {
        guard mention.manifest >= 0, !document.manifests[Int(mention.manifest)].isForeign else { return -1 }
        return mention.manifest
    }

    private func needsSidecar(_ document: CollectedDocument, _ outcomes: [MentionOutcome]) -> Bool {
        zip(document.mentions, outcomes).contains { mention, outcome in
            mention.site == .node && outcome.asset != nil && place(of: mention, document) == -1
        }
    }

    private func warnOfAddress(
        _ index: Int, _ site: Mention.Site, _ asset: ResolvedAsset, _ details: MentionDetails, _ members: AssetMembers,
        _ result: inout DocumentRewrite
    ) {
        if site == .node, let name = details.alternateName {
            result.findings.append(MentionFinding(mention: index, problem: AddressChecks.alternate(name)))
        }
        var standing = [members.remoteURL ?? (site == .node ? asset.told?.remoteURL : details.remoteURL)]
        switch members.address {
        case .remove: warnOfRemoval(index, site, details, &result)
        case .set(let url): standing.append(url)
        case .keep: standing.append(details.address)
        }
        // One warning tells enough: what makes one of them expire makes the other.
        if let problem = standing.lazy.compactMap(AddressChecks.expiringRemote).first {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
    }

    /// A field has its FileRef in the place of the address; of a node without one an editor may know nothing.
    private func warnOfRemoval(
        _ index: Int, _ site: Mention.Site, _ details: MentionDetails, _ result: inout DocumentRewrite
    ) {
        guard site == .node, !editorHasAssetID, !options.dropsSrc, let address = details.address else { return }
        if case .dead = AddressForm(address) { return }
        result.findings.append(MentionFinding(mention: index, problem: Self.srcRemoved))
    }

    /// What became no asset keeps its address: one that expires, or one whose document goes elsewhere, while what the
    /// address is relative to does not go with it.
    private func warnOfStandingAddress(
        _ index: Int, _ outcome: MentionOutcome, _ document: CollectedDocument, _ result: inout DocumentRewrite
    ) {
        guard let address = document.details(of: document.mentions[index]).address else { return }
        if !outcome.isPlanned, let problem = AddressChecks.expiringRemote(address) {
            result.findings.append(MentionFinding(mention: index, problem: problem))
        }
        guard options.destination.isFolder, case .localFile = AddressForm(address),
            AddressForm.scheme(of: address) == nil, !address.hasPrefix("/")
        else { return }
        result.findings.append(MentionFinding(mention: index, problem: Self.relativeAddressKept(address)))
    }

    private static func relativeAddressKept(_ address: String) -> Problem {
        Problem(
            .relativeAddressKept, "relative address stays in a document that goes elsewhere",
            notes: ["'\(Redaction.redacted(String(address.prefix(200))))' leads nowhere from the output folder"],
            help: ["mend what keeps the picture from being imported"])
    }

    private static let srcRemoved = Problem(
        .srcRemoved, "address was removed because only this machine could read it",
        notes: ["an editor without the attribute 'assetId' empties such a node when it saves"],
        help: [
            "name a remote and run 'tipin sync', or say \"editorHasAssetId\": true in tipin.json if your editor has it"
        ])

    /// Of a document on a line.
    private static func noManifestPlace(_ document: CollectedDocument) -> Problem {
        guard !document.manifests.contains(where: \.isForeign) else {
            return Problem(
                .noManifestPlace, "member 'fileRefs' takes the only place for a manifest of the line",
                help: ["rename the member, or remove it if nobody needs it"])
        }
        return Problem(
            .noManifestPlace, "line holds a bare document, which has no place for a manifest",
            help: ["wrap it: {\"id\": …, \"bookId\": …, \"content\": …}"])
    }

    private static func contradictoryManifest(_ id: String) -> Problem {
        Problem(
            .internalError, "rewriting would have lost a picture; nothing was written",
            notes: ["two pictures were to be called '\(Redaction.printable(String(id.prefix(40))))'"],
            help: ["report it with the document, which is unharmed"])
    }

    private static let sidecarUnusable = Problem(
        .sidecarInvalid, "manifest file cannot be used, so the document stays as it was",
        help: ["mend it or move it away"])
}
