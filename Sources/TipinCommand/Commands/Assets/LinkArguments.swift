import ArgumentParser
import Tipin
import TipinAssets
import TipinDocument

/// Which link is meant: of an asset, to an entity, in a role.
struct LinkArguments: ParsableArguments {
    @Argument(
        help: "An id, a SHA-256, or the beginning of one that means a single asset.", transform: NameArgument.read)
    var asset: String

    @Option(help: EntityArgument.help)
    var entity: EntityArgument

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.", transform: NameArgument.read)
    var role: String

    var assetRole: AssetRole { AssetRole(rawValue: role) }

    func assetID(in workspace: Workspace) throws -> String {
        try AssetCatalog(workspace).asset(named: asset).id
    }

    /// As a person reads it.
    var words: String { "\(role) of \(entity.entity.type.rawValue) \(entity.entity.id)" }
}
