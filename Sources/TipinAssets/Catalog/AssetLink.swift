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

/// A document that made links: its book, its kind and its id, or its path where it has none.
package struct DocumentMark: Sendable, Hashable, Codable {
    package var book: String
    package var kind: String
    package var document: String

    package init(book: String, kind: String, document: String) {
        self.book = book
        self.kind = kind
        self.document = document
    }
}

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

/// What replacing a document's links did.
package struct LinkChanges: Sendable, Equatable {
    /// A cover that a document wants where another one stands that did not come from it.
    package struct Contradiction: Sendable, Equatable {
        package var entity: Entity
        /// The cover that stays.
        package var standing: AssetLink
        package var wantedAssetID: String
    }

    package var added: [AssetLink] = []
    package var removed: [AssetLink] = []
    package var contradictions: [Contradiction] = []

    package init() {}
}
