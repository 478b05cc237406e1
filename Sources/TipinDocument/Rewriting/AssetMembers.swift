/// What is to stand in a document of one asset.
package struct AssetMembers: Sendable, Equatable {
    /// What happens to a member that one machine's or one time's truth stands in.
    package enum Change: Sendable, Equatable {
        case keep
        case set(String)
        case remove
    }

    /// The id under which this document knows the asset.
    package var assetID: String
    package var sha256: String
    /// Written where none stands.
    package var role: AssetRole
    /// Written where none stands.
    package var mime: String?
    /// Pixels; written where none stands.
    package var width: Int?
    /// Pixels; written where none stands.
    package var height: Int?
    package var remoteID: String?
    package var remoteURL: String?
    /// The node's `src`, or the address in a field's object.
    package var address: Change
    package var localPath: Change
    /// Whether a node without width and height gets both.
    package var fillsSize = false
    /// Whether the asset takes another one's place: then what told of that one is replaced, not filled in.
    package var replacesIdentity = false
    /// Whether the digest that stands is another one of the asset's than that of its stored bytes: beside the id it
    /// would be taken for other bytes'.
    package var replacesDigest = false

    package init(
        assetID: String, sha256: String, role: AssetRole, mime: String? = nil, width: Int? = nil, height: Int? = nil,
        remoteID: String? = nil, remoteURL: String? = nil, address: Change = .keep, localPath: Change = .keep
    ) {
        self.assetID = assetID
        self.sha256 = sha256
        self.role = role
        self.mime = mime
        self.width = width
        self.height = height
        self.remoteID = remoteID
        self.remoteURL = remoteURL
        self.address = address
        self.localPath = localPath
    }
}
