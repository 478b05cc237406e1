import ArgumentParser
import Tipin

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Rewrite the documents with what the catalog knows now.",
        discussion: "Asks no network and imports nothing. Without --in-place or --output it touches nothing.")

    @Argument(help: "Files and folders.", transform: PathArgument.read)
    var paths: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("What the documents are for.", valueName: "profile"))
    var profile = Profile.device

    @OptionGroup(title: "Documents") var documents: DocumentOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let run = DocumentRun(
            name: "resolve", stages: .resolve, profile: profile, paths: paths, common: common, documents: documents)
        try await Session.run { try await run.run() }
    }
}
