import ArgumentParser
import Glibc
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinJSON

struct AssetsWhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say everything that needs an asset, so that clean-up keeps it.",
        discussion: "Mentions are looked for in the documents named with --documents.")

    @Argument(
        help: "An id, a SHA-256, or the beginning of one that means a single asset.", transform: NameArgument.read)
    var asset: String

    @OptionGroup var named: NamedDocuments
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.explain() }
    }

    private func explain() async throws -> ExitStatus {
        let groups = try named.groups(common)
        let workspace = try StoreSession.open(common, Access(catalog: .reads), settings: groups.first?.settings)
        defer { workspace.close() }
        let asset = try AssetCatalog(workspace).asset(named: asset)
        let answer = try await WhyRun(workspace).run(asset, documents: groups, lines: named.lines(groups))
        for reference in answer.references {
            switch common.format {
            case .json:
                var writer = JSONWriter()
                reference.write(asset: asset.id, to: &writer)
                Console.output(writer.bytes)
            case .text: Console.output(reference.text)
            }
        }
        Console.say(TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO)).render(answer.failures))
        // Of what could not be read nobody knows what it refers to.
        if !common.quiet, common.format == .text, answer.references.isEmpty, answer.failures.isEmpty {
            Console.output(
                groups.isEmpty
                    ? "nothing in the catalog refers to it; --documents looks through documents too\n"
                    : "nothing refers to it\n")
        }
        return answer.failures.isEmpty ? .success : .failure
    }
}
