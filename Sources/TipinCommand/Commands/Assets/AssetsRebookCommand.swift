import ArgumentParser
import Tipin
import TipinDiagnostics
import TipinJSON

struct AssetsRebookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebook", abstract: "Give a book another id in the store, after its id changed.",
        discussion: """
            Its folder, links, covers and uploads get the new id. The documents are not touched: give the book its new \
            id there, then run 'resolve' or 'publish'.
            """)

    @Argument(help: "The id that the book had.", transform: NameArgument.read)
    var old: String

    @Argument(help: "The id that it has now.", transform: NameArgument.read)
    var new: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.rebook() }
    }

    private func rebook() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .cleans))
        defer { workspace.close() }
        let result = try RebookRun(workspace).run(old, as: new)
        switch common.format {
        case .json:
            var writer = JSONWriter()
            result.write(from: old, to: new, &writer)
            Console.output(writer.bytes)
        case .text where !common.quiet && result.isRepeat:
            Console.output("nothing to do: no asset belongs to '\(Redaction.printable(old))' any more\n")
        case .text where !common.quiet:
            Console.output(
                "rebook: \(result.assets) assets and \(result.links) links of book '\(Redaction.printable(new))'\n")
            if result.resends > 0 { Console.output("\(result.resends) to upload again: tipin sync\n") }
        case .text: break
        }
        return .success
    }
}
