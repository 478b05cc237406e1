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
