/// An asset as journals and plans name it.
package struct NamedAsset: Sendable, Hashable, Codable {
    /// Of the catalog's row.
    package var assetID: String
    package var sha256: SHA256Digest

    package init(assetID: String, sha256: SHA256Digest) {
        self.assetID = assetID
        self.sha256 = sha256
    }

    private enum CodingKeys: String, CodingKey {
        case assetID = "assetId"
        case sha256
    }
}

extension SHA256Digest: Codable {
    /// - Throws: `DecodingError` where the text is not 64 hexadecimal digits.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = SHA256Digest(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no SHA-256")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
