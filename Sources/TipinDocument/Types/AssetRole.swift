/// What an asset is to its entity (PRD 17). Open: a configuration may name further roles.
public struct AssetRole: RawRepresentable, Sendable, Hashable, Codable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let cover = AssetRole(rawValue: "cover")
    public static let avatar = AssetRole(rawValue: "avatar")
    public static let gallery = AssetRole(rawValue: "gallery")
    public static let divider = AssetRole(rawValue: "divider")
    public static let attachment = AssetRole(rawValue: "attachment")
    public static let map = AssetRole(rawValue: "map")
    public static let lore = AssetRole(rawValue: "lore")
}
