import ArgumentParser
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument

struct AssetsUnlinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: "Take a link away; the asset and its bytes stay.")

    @Argument(help: "An id, a SHA-256, or the beginning of one that means a single asset.")
    var asset: String

    @Option(help: EntityArgument.help)
    var entity: EntityArgument

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.")
    var role: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.unlink() }
    }

    private func unlink() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        let id = try AssetCatalog(workspace).asset(named: asset).id
        let service = AssetService(AssetStore(workspace))
        let words = "\(role) of \(entity.entity.type.rawValue) \(entity.entity.id)"
        let wasLinked = try service.unlinkAsset(id, from: entity.entity, role: AssetRole(rawValue: role))
        if !common.quiet { Console.output("\(id) \(wasLinked ? "is no longer" : "was not") \(words)\n") }
        return .success
    }
}
