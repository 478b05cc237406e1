import ArgumentParser

struct AssetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assets", abstract: "Look at the asset store and change it.",
        subcommands: [
            AssetsListCommand.self, AssetsShowCommand.self, AssetsAddCommand.self, AssetsLinkCommand.self,
            AssetsUnlinkCommand.self, AssetsReplaceCommand.self, AssetsOrderCommand.self, AssetsProbeCommand.self,
            AssetsThumbnailCommand.self, AssetsRestripCommand.self, AssetsWhyCommand.self, AssetsVerifyCommand.self,
            AssetsGCCommand.self, AssetsRebookCommand.self,
        ])
}
