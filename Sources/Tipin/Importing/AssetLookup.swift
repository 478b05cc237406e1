package import TipinAssets
package import TipinDiagnostics
package import TipinDocument
internal import TipinJSON
internal import TipinSync

/// Which asset a mention means, told by the document and the catalog alone (RULES 3, 1 and 4).
package struct AssetLookup {
    package enum Outcome: Sendable {
        case known(ResolvedAsset)
        case problem(Problem)
        /// An id that nobody knows, without an address.
        case unknown(id: String, Problem)
        /// Only the address leads to it; `id` is what the document calls it, where it gives it a name, and `sha256`
        /// what it says of the bytes, as they were found or as they are stored.
        case address(String, id: String?, sha256: SHA256Digest? = nil)
        /// Nothing to go by: why, in words.
        case dead(String)
    }

    private let catalog: CatalogReader?
    private let context: DocumentContext
    private let substituted: Set<ByteKey>
    private let hasReplacements: Bool
    private let removed: RemovedAssets?
    private let prefersAddresses: Bool

    /// - Parameters:
    ///   - catalog: `nil` where there is none: then the document alone tells.
    ///   - substituted: addresses that another takes the place of; they need not be readable themselves.
    ///   - removed: what can be brought back; `nil` where nothing is.
    ///   - prefersAddresses: whether an address counts, whatever digest stands beside it.
    package init(
        _ catalog: CatalogReader?, _ context: DocumentContext, substituted: Set<ByteKey> = [],
        removed: RemovedAssets? = nil, prefersAddresses: Bool = false
    ) throws {
        self.prefersAddresses = prefersAddresses
        self.catalog = catalog
        self.removed = removed
        hasReplacements = try catalog?.hasReplacements() ?? false
        self.context = context
        self.substituted = substituted
    }

    /// - Parameter refetches: an address is read again, whatever it led to before.
    package func identify(_ mention: Mention, _ details: MentionDetails, refetches: Bool = false) throws -> Outcome {
        let outcome = try meaning(of: mention, details, refetches: refetches)
        guard hasReplacements, case .known(var asset) = outcome else { return outcome }
        asset.successor = try catalog?.successor(of: asset.sha256, inBook: context.book)
        return .known(asset)
    }

    private func meaning(of mention: Mention, _ details: MentionDetails, refetches: Bool) throws -> Outcome {
        if details.hasBrokenID { return .problem(Self.brokenID) }
        if let told = Self.told(by: mention, details) { return try identify(told) }
        if let digest = Self.digestWithoutID(of: mention, details) {
            return try identify(digest, mention, details, refetches)
        }
        return try identify(idOrAddress: mention, details, refetches)
    }

    private func identify(
        idOrAddress mention: Mention, _ details: MentionDetails, _ refetches: Bool
    ) throws -> Outcome {
        let id = try details.assetID ?? idInAddress(of: mention, details)
        guard let id else { return try identify(address: details, refetches) }
        if let entry = context.entries.entry(id, for: mention), let told = Self.told(by: entry) {
            return try identify(told)
        }
        if context.references.isAmbiguous(id) { return .problem(SharedNames.ambiguity(id)) }
        if let told = context.references.asset(id) { return try identify(told) }
        if let row = try catalog?.asset(id: id) {
            return .known(ResolvedAsset(documentID: id, sha256: row.sha256, row: row))
        }
        if let row = try catalog?.alias(id: id, book: context.book, document: context.id) {
            var asset = ResolvedAsset(documentID: id, sha256: row.sha256, row: row)
            asset.isAlias = true
            return .known(asset)
        }
        if let digest = details.sha256.flatMap({ SHA256Digest($0) }), let row = try catalog?.asset(digest: digest) {
            var asset = ResolvedAsset(documentID: id, sha256: row.sha256, row: row)
            asset.isAlias = true
            return .known(asset)
        }
        return unknown(id, mention, details)
    }

    private func unknown(_ id: String, _ mention: Mention, _ details: MentionDetails) -> Outcome {
        // What can be brought back is known by its id as before: an address beside it is compared with it.
        if let digest = removed?.digest(of: id, book: context.book, document: context.id) {
            return .known(ResolvedAsset(documentID: id, sha256: digest, row: nil))
        }
        if let address = details.address, !address.hasSameBytes(as: id), !isDead(address) {
            return .address(address, id: id)
        }
        var problem = Problem(
            .assetUnknown, "asset '\(Redaction.printable(String(id.prefix(40))))' is not known",
            notes: ["neither the document's manifest nor the catalog has this id"],
            help: ["name the catalog it was made with by --data-dir, or put the picture in again"])
        if context.entries.lacksFile {
            problem.notes = ["the catalog does not have this id, and the document's manifest file cannot be used"]
            problem.help = ["mend the manifest file, which may have it"]
        } else if context.entries.isForeign(for: mention) {
            problem.notes = [
                "the catalog does not have this id, and the document's 'fileRefs' is not read as a manifest"
            ]
        }
        return .unknown(id: id, problem)
    }

    private static let brokenID = Problem(
        .assetUnknown, "asset id is not known",
        notes: ["it has half a surrogate pair, so it is no text and names nothing"],
        help: ["give the picture another id, or none"])

    private func isDead(_ address: String) -> Bool {
        guard case .dead = AddressForm(address) else { return false }
        return !substituted.contains(ByteKey(AddressForm.trimmed(address)))
    }

    /// A FileRef, or a manifest's entry, names a digest. The catalog must agree.
    private func identify(_ told: ToldAsset) throws -> Outcome {
        let row = try catalog?.asset(sha256: told.sha256)
        if row?.id != told.id, AssetID.isDerived(told.id), !AssetID.matches(told.id, told.sha256) {
            return .problem(AddressMeaning.idMismatch(told.id, told.sha256))
        }
        if row?.id.hasSameBytes(as: told.id) != true, let own = try catalog?.asset(id: told.id), own.id != row?.id {
            return .problem(
                Problem(
                    .idAmbiguous, "asset id means two different pictures",
                    notes: [
                        "the document says SHA-256 \(told.sha256)", "the catalog says SHA-256 \(own.sha256)",
                    ], help: ["put the right picture in again, under a new id"]))
        }
        let told = row.map(told.sharingTexts) ?? told
        var asset = ResolvedAsset(documentID: told.id, sha256: row?.sha256 ?? told.sha256, row: row, told: told)
        asset.isAlias = row.map { !$0.id.hasSameBytes(as: told.id) } ?? false
        return .known(asset)
    }

    private func identify(address details: MentionDetails, _ refetches: Bool) throws -> Outcome {
        guard let address = details.address else { return .dead(Self.words(for: details.addressShape)) }
        let next = details.nextOwnAddress
        let trimmed = AddressForm.trimmed(address)
        let form = AddressForm(trimmed)
        if case .localFile = form, let digest = Self.digest(inPath: trimmed) {
            return .known(try asset(atPath: trimmed, digest, remoteURL: next))
        }
        if !refetches, let row = try known(at: trimmed) ?? next.flatMap({ try known(at: AddressForm.trimmed($0)) }) {
            return .known(ResolvedAsset(documentID: row.id, sha256: row.sha256, row: row))
        }
        if next == nil, case .dead(let words) = form, isDead(address) { return .dead(words) }
        return .address(address, id: nil)
    }

    /// The asset that the catalog knows by an http(s) address.
    private func known(at address: String) throws -> Asset? {
        guard case .remoteURL = AddressForm(address) else { return nil }
        let url = Self.normalized(address)
        return try catalog?.asset(remoteURL: url) ?? catalog?.asset(sourceURL: url)
    }

    /// The layout's own path names a digest, wherever the bytes are now.
    /// - Parameter remoteURL: what else is told of it.
    private func asset(
        atPath path: String, _ digest: SHA256Digest, remoteURL: String?
    ) throws -> ResolvedAsset {
        if let row = try catalog?.asset(digest: digest) {
            return ResolvedAsset(documentID: row.id, sha256: row.sha256, row: row)
        }
        let id = AssetID.derived(from: digest)
        let told = ToldAsset(id: id, sha256: digest, remoteURL: remoteURL, localPath: TauriURL.path(of: path) ?? path)
        var asset = ResolvedAsset(documentID: id, sha256: digest, row: nil, told: told)
        asset.isNamedByDigest = true
        return asset
    }

    /// A FileRef without an id: its digest names the asset.
    private static func digestWithoutID(of mention: Mention, _ details: MentionDetails) -> SHA256Digest? {
        guard mention.site == .fieldObject, details.assetID == nil else { return nil }
        return details.sha256.flatMap { SHA256Digest($0) }
    }

    /// The address beside the id or digest that names an asset; `nil` where the address is the name itself, or says
    /// nothing beside a digest.
    static func addressBesideName(
        of mention: Mention, _ details: MentionDetails, meaning asset: ResolvedAsset
    ) -> String? {
        guard let address = details.address else { return nil }
        if let id = details.assetID { return address.hasSameBytes(as: id) ? nil : address }
        guard digestWithoutID(of: mention, details) != nil,
            idCandidate(address)?.hasSameBytes(as: asset.documentID) != true
        else { return nil }
        if case .dead = AddressForm(AddressForm.trimmed(address)) { return nil }
        return address
    }

    /// The digest says which bytes are meant. Where nobody knows it the address may lead to them, and to no others.
    private func identify(
        _ digest: SHA256Digest, _ mention: Mention, _ details: MentionDetails, _ refetches: Bool
    ) throws -> Outcome {
        let named = try asset(digest, details)
        guard let address = details.address else { return .known(named) }
        let isID = try idInAddress(of: mention, details) != nil
        if !isID {
            if isDead(address) { return .known(named) }
            if !prefersAddresses, try isKnown(named) { return .known(named) }
        }
        let outcome = try identify(idOrAddress: mention, details, refetches)
        if prefersAddresses { return outcome }
        switch outcome {
        case .known(let other) where other.sha256 != named.sha256:
            return .problem(AddressMeaning.otherBytes(address, digest, other.sha256))
        case .address(let address, let id, _): return .address(address, id: id, sha256: digest)
        case .known, .problem, .unknown, .dead: return outcome
        }
    }

    /// Whether the catalog has it, or knows what took its place.
    private func isKnown(_ asset: ResolvedAsset) throws -> Bool {
        if asset.row != nil { return true }
        guard hasReplacements else { return false }
        return try catalog?.successor(of: asset.sha256, inBook: context.book) != nil
    }

    private func asset(_ digest: SHA256Digest, _ details: MentionDetails) throws -> ResolvedAsset {
        let row = try catalog?.asset(digest: digest)
        // The digest of the bytes as they were found leads to the row too; its id goes with its own.
        let told = ToldAsset(
            id: row?.id ?? AssetID.derived(from: digest), sha256: row?.sha256 ?? digest, role: details.role,
            mime: details.mime, remoteID: details.remoteID, remoteURL: details.remoteURL,
            localPath: details.localPath, lacksSize: details.present.lackSize(of: details.mime))
        var asset = ResolvedAsset(documentID: told.id, sha256: told.sha256, row: row, told: told)
        asset.isNamedByDigest = true
        return asset
    }

    private static func words(for shape: AddressShape) -> String {
        switch shape {
        case .missing, .text: "no address and no asset id"
        case .number: "a number in the place of the address, which only the database of the app that wrote it explains"
        case .boolean: "true or false in the place of the address"
        case .array: "an array in the place of the address"
        case .object: "an object without an address in the place of the address"
        }
    }

    /// A string that is a row's own id or a key of this document's manifest is an id.
    private func idInAddress(of mention: Mention, _ details: MentionDetails) throws -> String? {
        guard let address = details.address, address.utf8.count <= 100, let id = Self.idCandidate(address) else {
            return nil
        }
        if context.entries.entry(id, for: mention) != nil { return id }
        if try catalog?.asset(id: id) != nil { return id }
        return removed?.digest(of: id, book: context.book, document: context.id) == nil ? nil : id
    }

    /// The whole address, or what follows a scheme that only an app understands: `asset:a1`, `my-asset://a1`.
    static func idCandidate(_ address: String) -> String? {
        guard address.contains(where: { $0 == "/" || $0 == ":" }) else { return address }
        if address.hasPrefix("http") || address.hasPrefix("data:") || address.hasPrefix("/") { return nil }
        let trimmed = AddressForm.trimmed(address)
        guard case .dead = AddressForm(trimmed), let scheme = AddressForm.scheme(of: trimmed) else { return nil }
        var rest = trimmed.dropFirst(scheme.count + 1)
        if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
        return rest.isEmpty || rest.contains { $0 == "/" || $0 == ":" } ? nil : PercentCoding.decoded(String(rest))
    }

    static func told(by mention: Mention, _ details: MentionDetails) -> ToldAsset? {
        guard mention.site != .node, let id = details.assetID,
            let digest = details.sha256.flatMap({ SHA256Digest($0) })
        else { return nil }
        return ToldAsset(
            id: id, sha256: digest, role: details.role, mime: details.mime, remoteID: details.remoteID,
            remoteURL: details.remoteURL, localPath: details.localPath,
            lacksSize: details.present.lackSize(of: details.mime))
    }

    static func told(by entry: Manifest.Entry) -> ToldAsset? {
        guard let digest = SHA256Digest(entry.sha256) else { return nil }
        return ToldAsset(
            id: entry.key, sha256: digest, role: entry.role, mime: entry.mime, remoteID: entry.remoteID,
            remoteURL: entry.remoteURL, localPath: entry.localPath, lacksSize: entry.present.lackSize(of: entry.mime))
    }

    /// The digest in a path of the store's layout: `…/files/<sha256>/original.…` or `…/thumb_….…`.
    static func digest(inPath address: String) -> SHA256Digest? {
        guard address.utf8.count > 64, mayHaveFiles(address) else { return nil }
        let path = (TauriURL.path(of: address) ?? address).prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard parts.count >= 3, parts[parts.count - 3] == "files",
            parts[parts.count - 1].hasPrefix("original.") || parts[parts.count - 1].hasPrefix("thumb_")
        else { return nil }
        return SHA256Digest(String(parts[parts.count - 2]))
    }

    /// Whether the folder of that name may stand in the path, perhaps percent-encoded.
    private static func mayHaveFiles(_ address: String) -> Bool {
        var address = address
        return address.withUTF8 { bytes in
            for (index, byte) in bytes.enumerated() {
                if byte == UInt8(ascii: "%") { return true }
                if byte == UInt8(ascii: "f"), bytes[index...].starts(with: "files".utf8) { return true }
            }
            return false
        }
    }

    /// One spelling for each address, so that equal ones are found equal.
    static func normalized(_ url: String) -> String {
        if WebURL.isPlainlyNormal(url) { return url }
        let absolute = url.hasPrefix("//") ? "https:" + url : url
        return (try? WebURL(absolute))?.text ?? absolute
    }
}

extension PresentFields {
    /// Whether what is told of a picture leaves out how large it is.
    fileprivate func lackSize(of mime: String?) -> Bool {
        mime?.hasPrefix("image/") == true && !isSuperset(of: [.width, .height])
    }
}
