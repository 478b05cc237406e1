import ArgumentParser
import Glibc
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinJSON

struct AssetsReplaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace", abstract: "Import a file in the place of an asset.",
        discussion: """
            All links of the old one go to the new one, and the next 'resolve' or 'publish' rewrites the documents \
            that mention it. With --entity and --role only that link goes. The old one and its bytes stay.
            """)

    @Argument(
        help: "An id, a SHA-256, or the beginning of one that means a single asset.", transform: NameArgument.read)
    var old: String

    @Argument(help: "The picture that takes its place.", transform: PathArgument.read)
    var file: String

    @Option(help: EntityArgument.help)
    var entity: EntityArgument?

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.", transform: NameArgument.read)
    var role: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try common.expectOneBook()
        if (entity == nil) != (role == nil) { throw ValidationError("give --entity and --role both, or neither") }
    }

    func run() async throws {
        let command = self
        try await Session.run { try await command.replace() }
    }

    private func replace() async throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        try LinkWords(workspace.settings).check(entity?.entity, role.map { AssetRole(rawValue: $0) })
        let id = try AssetCatalog(workspace).asset(named: old).id
        let service = AssetService(AssetStore(workspace))
        let added = try await service.replaceAsset(
            id, with: Environment.absolute(file), in: entity?.entity, role: role.map { AssetRole(rawValue: $0) },
            bookID: workspace.settings.books.first)
        switch common.format {
        case .text:
            // The same bytes are the same asset.
            let isSame = added.reference.assetId.hasSameBytes(as: id)
            let words =
                isSame ? "is that picture already; nothing changes" : "takes the place of  \(Redaction.printable(id))"
            Console.output("\(added.reference.assetId)  \(words)\n")
        case .json:
            var writer = JSONWriter()
            added.reference.write(to: &writer)
            Console.output(writer.bytes)
        }
        guard !added.warnings.isEmpty else { return .success }
        var report = RunReport(command: "assets replace")
        report.diagnostics = added.warnings.map { Diagnostic($0.problem, at: Place(file: file)) }
        Console.say(Report(report).text(isColored: Environment.isColored(STDERR_FILENO)))
        return .success
    }
}
