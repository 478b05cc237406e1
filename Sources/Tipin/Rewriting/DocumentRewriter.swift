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
    let hasRemote: Bool
    private let replaced: ReplacedEntries
    private let catalog: Catalog?

    init(_ workspace: Workspace, _ options: RunOptions) {
        self.options = options
        members = ProfileMembers(profile: options.profile, dropsSrc: options.dropsSrc, fillsSize: options.fillsSize)
        publish = PublishCheck(workspace, wouldSend: options.wouldSend)
        editorHasAssetID = workspace.settings.editorHasAssetID
        hasRemote = workspace.settings.remote != nil
        catalog = workspace.catalog
        replaced = ReplacedEntries(catalog: workspace.catalog)
    }

    func rewrite(_ work: WorkDocument, _ outcomes: [MentionOutcome]) -> DocumentRewrite {
        var result = DocumentRewrite()
        let document = work.loaded.collected
        collectFindings(document, outcomes, &result)
        if needsSidecar(document, outcomes), work.loaded.sidecar == nil {
            result.refusal =
                work.loaded.lacksManifestFile ? .lacksManifestFile : .problem(Self.noManifestPlace(document))
            return result
        }
        edit(work, outcomes, &result)
        if result.refusal == nil, options.profile == .publish {
            result.refusal = publishRefusal(document, outcomes, &result).map { .problem($0) }
        }
        return result
    }

    // MARK: What is said

    private func collectFindings(
        _ document: CollectedDocument, _ outcomes: [MentionOutcome], _ result: inout DocumentRewrite
    ) {
        for (index, outcome) in outcomes.enumerated() {
            for warning in outcome.warnings { result.findings.append(MentionFinding(mention: index, problem: warning)) }
            if outcome.asset == nil { warnOfAddresses(index, outcome, document, &result) }
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
        for content in document.unreadContents {
            reasons.append((content.pointer, UnreadContents.problem(content.error)))
        }
        reasons += result.unpublishable
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
            let replacesIdentity = replacesIdentity(mention, details, asset)
            // The FileRef's own address goes with the picture that it was of.
            if replacesIdentity { details.isBesideRemoteURL = false }
            var members = members.members(of: asset, role: document.role(of: mention), details)
            members.replacesIdentity = replacesIdentity
            members.replacesDigest = mention.site != .node && namesSource(details, of: asset)
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
            if mention.site == .node { manifests.add(members, at: document.manifestPlace(of: mention)) }
            warnOfAddresses(index, outcomes[index], asset, document, details, members, &result)
        }
        if let id = manifests.contradictoryID {
            result.edits = []
            result.mentionEdits = []
            result.changedMentions = 0
            result.refusal = .problem(Self.contradictoryManifest(id))
            return
        }
        let used = usedIDs(document, outcomes)
        let dropped = replaced.keys(in: work, standing)
        result.edits += manifests.edits(keeping: used, dropping: dropped)
        if work.loaded.sidecar != nil { result.sidecar = manifests.sidecar(keeping: used, dropping: dropped) }
        warnOfValues(work, outcomes, &result) { entry in
            used.map { !$0.contains(entry.key) } ?? false || dropped[entry.place]?.contains(entry.key) ?? false
        }
    }

    /// Whether what stands tells of another asset, in whose place this one is to be.
    private func replacesIdentity(
        _ mention: Mention, _ details: MentionDetails, _ asset: ResolvedAsset
    ) -> Bool {
        guard let id = details.assetID else {
            // A FileRef without an id is known by its digest; a node's is none of the members that are written.
            guard mention.site != .node, let digest = details.sha256, digest != asset.documentDigest else {
                return false
            }
            return asset.takesPlace || options.preference == .document && !namesSource(details, of: asset)
        }
        return (options.preference == .document || asset.takesPlace) && !id.hasSameBytes(as: asset.documentID)
    }

    /// Whether a digest without an id is the one that the asset's bytes had where they were found.
    private func namesSource(_ details: MentionDetails, of asset: ResolvedAsset) -> Bool {
        guard details.assetID == nil, let digest = details.sha256.flatMap({ SHA256Digest($0) }),
            digest != asset.sha256
        else { return false }
        return (try? catalog?.read { try $0.asset(digest: digest)?.sha256 }) == asset.sha256
    }

    /// Every id that the document may name an asset by, whatever became of its mentions; `nil` where no entry is to be
    /// removed. What is not followed may name any of them.
    private func usedIDs(_ document: CollectedDocument, _ outcomes: [MentionOutcome]) -> Set<ByteKey>? {
        guard options.prunesManifest, document.isFollowed else { return nil }
        var used: Set<ByteKey> = []
        for (mention, outcome) in zip(document.mentions, outcomes) {
            let details = document.details(of: mention)
            for id in [details.assetID, details.address, outcome.asset?.documentID].compactMap(\.self) {
                used.insert(ByteKey(id))
            }
        }
        return used
    }

    private func needsSidecar(_ document: CollectedDocument, _ outcomes: [MentionOutcome]) -> Bool {
        zip(document.mentions, outcomes).contains { mention, outcome in
            mention.site == .node && outcome.asset != nil && document.manifestPlace(of: mention) == -1
        }
    }

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
}
