import ArgumentParser
import Tipin
import TipinAssets
import TipinDocument
import TipinJSON

struct AssetsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List assets.",
        discussion:
            """
            With --book, those of that book; with several, those of any. With --entity in the order that they have \
            there. With --format json one object a line: the columns of file_assets and the links.
            """
    )

    @Option(help: EntityArgument.help)
    var entity: EntityArgument?

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.", transform: NameArgument.read)
    var role: String?

    @Option(help: "local_only, pending_upload, uploaded or failed.")
    var status: AssetStatus?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.list() }
    }

    private func list() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .reads))
        let filter = AssetFilter(books: common.book, entity: entity?.entity, role: role, status: status)
        let entries = try AssetCatalog(workspace).entries(filter)
        // An app may have words of its own: only one that finds nothing is perhaps none.
        if entries.isEmpty {
            try LinkWords(workspace.settings).check(entity?.entity, role.map { AssetRole(rawValue: $0) })
        }
        switch common.format {
        case .json:
            var writer = JSONWriter()
            for entry in entries { entry.write(to: &writer) }
            Console.output(writer.bytes)
        case .text:
            Console.output(entries.map { AssetText.line($0, of: entity?.entity) }.joined())
            if !common.quiet { Console.say("\(entries.count) asset\(entries.count == 1 ? "" : "s")\n") }
        }
        return .success
    }
}

extension AssetStatus: ExpressibleByArgument {}
