package import TipinDocument

/// A link that is to be.
package struct LinkSpec: Sendable, Equatable {
    package var assetID: String
    package var entity: Entity
    package var role: String
    /// `nil` leaves what stands; a new link comes behind the entity's others of the role.
    package var sortOrder: Int?
    package var tags: [String]?
    package var description: String?
    /// The document that says so; `nil` for the app and `assets link`, whose links no document drops.
    package var mark: DocumentMark?

    package init(
        assetID: String, entity: Entity, role: String, sortOrder: Int? = nil, tags: [String]? = nil,
        description: String? = nil, mark: DocumentMark? = nil
    ) {
        self.assetID = assetID
        self.entity = entity
        self.role = role
        self.sortOrder = sortOrder
        self.tags = tags
        self.description = description
        self.mark = mark
    }
}
