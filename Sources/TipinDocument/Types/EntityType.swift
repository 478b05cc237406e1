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
