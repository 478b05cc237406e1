import ArgumentParser
import Tipin

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Import what is not an asset yet and rewrite the documents to FileRefs.",
        discussion: "Without --in-place or --output it says what it would do and touches nothing.")

    @Argument(help: "Files and folders.", transform: PathArgument.read)
    var paths: [String]

    @OptionGroup(title: "Documents") var documents: DocumentOptions
    @OptionGroup(title: "Where pictures are looked for") var sources: SourceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let run = DocumentRun(
            name: "migrate", stages: .migrate, profile: .portable, paths: paths, common: common, documents: documents,
            sources: sources)
        try await Session.run { try await run.run() }
    }
}
