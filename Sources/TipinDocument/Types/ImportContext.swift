/// Where an imported file belongs (PRD 17).
public struct ImportContext: Sendable, Equatable {
    public var entity: Entity
    public var role: AssetRole
    /// Names the folder of the bytes and the route they are uploaded to.
    public var bookId: String
    public var tags: [String]
    public var description: String?
    /// The place among the entity's assets of the same role; where `nil`, that of a link that stands, else behind the
    /// others.
    public var sortOrder: Int?

    public init(
        entity: Entity, role: AssetRole, bookId: String, tags: [String] = [], description: String? = nil,
        sortOrder: Int? = nil
    ) {
        self.entity = entity
        self.role = role
        self.bookId = bookId
        self.tags = tags
        self.description = description
        self.sortOrder = sortOrder
    }
}
