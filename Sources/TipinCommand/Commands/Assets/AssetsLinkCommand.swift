import ArgumentParser
import Tipin

struct AssetsLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Link an asset to an entity.",
        discussion: "A second cover takes the first one's place.")

    @OptionGroup var link: LinkArguments
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.make() }
    }

    private func make() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        let id = try link.assetID(in: workspace)
        try AssetService(AssetStore(workspace)).linkAsset(id, to: link.entity.entity, role: link.assetRole)
        if !common.quiet { Console.output("\(id) is \(link.words)\n") }
        return .success
    }
}
