import ArgumentParser
import Tipin

struct AssetsLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Link an asset to an entity.",
        discussion: "A second cover takes the first one's place.")

    @OptionGroup var link: LinkArguments

    @Option(help: ArgumentHelp("Comma-separated, in the place of those that stand; empty for none.", valueName: "a,b"))
    var tags: String?

    @Option(help: "In the place of the one that stands.")
    var description: String?

    @Option(
        help: ArgumentHelp("The place among the entity's assets of that role; the others keep theirs.", valueName: "n"))
    var order: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        // What JSON carries exactly, with room for those behind it.
        let places = -(1 << 53) + 1...(1 << 53) - 1
        if let order, !places.contains(order) {
            throw ValidationError("--order must be from \(places.lowerBound) to \(places.upperBound)")
        }
    }

    func run() async throws {
        let command = self
        try await Session.run { try command.make() }
    }

    private func make() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        try LinkWords(workspace.settings).check(link.entity.entity, link.assetRole)
        let id = try link.assetID(in: workspace)
        try AssetService(AssetStore(workspace)).linkAsset(
            id, to: link.entity.entity, role: link.assetRole, sortOrder: order,
            tags: tags?.split(separator: ",").map(String.init), description: description)
        if !common.quiet { Console.output("\(id) is \(link.words)\n") }
        return .success
    }
}
