/// What was written down of an asset before clean-up removed it.
package struct RemovedRecord: Sendable, Decodable {
    /// A name of a document's own for the asset.
    package struct Alias: Sendable, Decodable {
        package var book: String
        package var document: String
        package var id: String
    }

    /// `nil` for bytes that had no row.
    package var id: String?
    /// Of the stored bytes.
    package var sha256: SHA256Digest
    /// When its row was made, in ISO 8601; `nil` where nobody wrote that down.
    package var createdAt: String?
    package var aliases: [Alias]
    package var sourceURLs: [String]
    package var sourceDigests: [SHA256Digest]

    private enum CodingKeys: String, CodingKey {
        case id
        case sha256
        case createdAt = "created_at"
        case aliases
        case sourceURLs = "source_urls"
        case sourceDigests = "source_sha256"
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decodeIfPresent(String.self, forKey: .id)
        sha256 = try members.decode(SHA256Digest.self, forKey: .sha256)
        createdAt = try members.decodeIfPresent(String.self, forKey: .createdAt)
        aliases = try members.decodeIfPresent([Alias].self, forKey: .aliases) ?? []
        sourceURLs = try members.decodeIfPresent([String].self, forKey: .sourceURLs) ?? []
        sourceDigests = try members.decodeIfPresent([SHA256Digest].self, forKey: .sourceDigests) ?? []
    }
}
