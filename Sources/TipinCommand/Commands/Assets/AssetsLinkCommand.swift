import ArgumentParser
import Tipin
import TipinAssets
import TipinDocument

struct AssetsLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Link an asset to an entity.",
        discussion: "A second cover takes the first one's place.")

    @Argument(help: "An id, a SHA-256, or the beginning of one that means a single asset.")
    var asset: String

    @Option(help: EntityArgument.help)
    var entity: EntityArgument

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.")
    var role: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.link() }
    }

    private func link() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        let id = try AssetCatalog(workspace).asset(named: asset).id
        try AssetService(AssetStore(workspace)).linkAsset(id, to: entity.entity, role: AssetRole(rawValue: role))
        if !common.quiet { Console.output("\(id) is \(role) of \(entity.entity.type.rawValue) \(entity.entity.id)\n") }
        return .success
    }
}
