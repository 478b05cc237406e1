/// What kind of thing an asset is linked to (PRD 17). Open: a configuration may name further kinds.
public struct EntityType: RawRepresentable, Sendable, Hashable, Codable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let book = EntityType(rawValue: "book")
    public static let character = EntityType(rawValue: "character")
    public static let world = EntityType(rawValue: "world")
    public static let location = EntityType(rawValue: "location")
    public static let object = EntityType(rawValue: "object")
    public static let chapter = EntityType(rawValue: "chapter")
    public static let divider = EntityType(rawValue: "divider")
}

/// One thing that assets are linked to: its kind and its id.
public struct Entity: Sendable, Hashable, Codable {
    public var type: EntityType
    public var id: String

    public init(type: EntityType, id: String) {
        self.type = type
        self.id = id
    }

    public static func == (left: Entity, right: Entity) -> Bool {
        left.type == right.type && left.id.hasSameBytes(as: right.id)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(ByteKey(id))
    }
}
