package import TipinDocument

/// A relation between an asset and an entity (PRD 4, 5.1).
package struct AssetLink: Sendable, Equatable {
    package var id: String
    package var assetID: String
    package var entity: Entity
    package var role: String
    package var sortOrder: Int
    package var tags: [String]
    package var description: String?
    /// ISO 8601, UTC.
    package var createdAt: String
    package var updatedAt: String
}
