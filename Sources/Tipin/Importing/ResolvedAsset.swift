package import TipinAssets
package import TipinDiagnostics

/// The asset that a mention means, with all that is known of it.
package struct ResolvedAsset: Sendable {
    /// The id under which the document knows it, or will.
    package var documentID: String
    package var sha256: SHA256Digest
    /// `nil` for an asset whose bytes were never here.
    package var row: Asset?
    @Boxed package var told: ToldAsset?
    /// The absolute path of the bytes on this machine.
    package var blobPath: String?
    /// This book's copy at the remote.
    @Boxed package var copy: CopyAtRemote? = nil
    /// What the app says that it is to the entity whose document names it.
    package var linkedRole: String?
    /// Why there is no copy, after the sync stage.
    @Boxed package var syncProblem: Problem? = nil
    /// Whether the document calls it by an id that only this document uses.
    package var isAlias = false
    /// The asset that took this one's place and is to stand in the document instead.
    package var successor: Asset? = nil
    /// Whether the document names another asset, which this one replaced.
    package var takesPlace = false
    /// Whether nothing but a digest tells of it: in a path of the store's layout, or in a FileRef without an id.
    package var isNamedByDigest = false
    package var standingAddress = StandingAddress.agrees
    /// The normalised http(s) address beside the id, where this run read it and found the asset's bytes.
    package var agreedAddress: String?

    /// The digest under which the document knows it, or will: in lower case, hexadecimal.
    var documentDigest: String { (told?.sha256 ?? sha256).description }

    package init(documentID: String, sha256: SHA256Digest, row: Asset?, told: ToldAsset? = nil) {
        self.documentID = documentID
        self.sha256 = sha256
        self.row = row
        _told = Boxed(wrappedValue: told)
    }
}

extension ResolvedAsset {
    /// Whether the picture behind the address that stands is known to be on this machine.
    var isKept: Bool { blobPath != nil && standingAddress != .unchecked }

    /// The asset that is to stand in the document: the one that replaced this one, else itself.
    var standing: ResolvedAsset {
        guard let row = successor else { return self }
        var new = ResolvedAsset(documentID: row.id, sha256: row.sha256, row: row)
        // What the document told of the old picture holds of its place, not of its bytes.
        new.told = told.map { ToldAsset(id: row.id, sha256: row.sha256, role: $0.role) }
        new.standingAddress = standingAddress
        new.takesPlace = true
        return new
    }
}
