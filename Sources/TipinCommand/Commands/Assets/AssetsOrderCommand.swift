import ArgumentParser
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument

struct AssetsOrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Put an entity's assets of one role into an order.",
        discussion: """
            Those named come first, the others after them as they stood. Where a document makes the links, its own \
            order counts again when it is processed.
            """)

    @Argument(help: EntityArgument.help)
    var entity: EntityArgument

    @Argument(help: "gallery, or another role of which the entity has several.", transform: NameArgument.read)
    var role: String

    @Argument(
        help: "Ids, SHA-256s, or beginnings of them, in the order that is wanted.", transform: NameArgument.read)
    var assets: [String]

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.order() }
    }

    private func order() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        let catalog = try AssetCatalog(workspace)
        let ids = try assets.map { try catalog.asset(named: $0).id }
        let role = AssetRole(rawValue: role)
        let ordered: [String]
        do {
            ordered = try AssetService(AssetStore(workspace)).orderAssets(ids, of: entity.entity, role: role)
        } catch {
            // An app may have words of its own: only one that finds nothing is perhaps none.
            try LinkWords(workspace.settings).check(entity.entity, role)
            throw error
        }
        guard !common.quiet else { return .success }
        Console.output(ordered.enumerated().map { "\($0)  \(Redaction.printable($1))\n" }.joined())
        return .success
    }
}
