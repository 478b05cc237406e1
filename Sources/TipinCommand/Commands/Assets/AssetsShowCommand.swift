import ArgumentParser
import Tipin
import TipinJSON

struct AssetsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of an asset.")

    @Argument(
        help: "An id, a SHA-256, or the beginning of one that means a single asset.", transform: NameArgument.read)
    var asset: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try command.show() }
    }

    private func show() throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .reads))
        let entry = try AssetCatalog(workspace).entry(named: asset)
        switch common.format {
        case .json:
            var writer = JSONWriter()
            entry.write(to: &writer)
            Console.output(writer.bytes)
        case .text: Console.output(AssetText.details(entry))
        }
        return .success
    }
}
