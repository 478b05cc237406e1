import ArgumentParser
import Tipin

struct AssetsUnlinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: "Take a link away; the asset and its bytes stay.")

    @OptionGroup var link: LinkArguments
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.take() }
    }

    private func take() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        let id = try link.assetID(in: workspace)
        let service = AssetService(AssetStore(workspace))
        let wasLinked = try service.unlinkAsset(id, from: link.entity.entity, role: link.assetRole)
        // A link that an app made may have words of its own; one that is not there was perhaps mistyped.
        if !wasLinked { try LinkWords(workspace.settings).check(link.entity.entity, link.assetRole) }
        if !common.quiet { Console.output("\(id) \(wasLinked ? "is no longer" : "was not") \(link.words)\n") }
        return .success
    }
}
