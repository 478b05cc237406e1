import ArgumentParser
import Tipin

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Import, upload and rewrite, so that every reader gets every picture.",
        discussion: """
            A document is written only when every picture in it is at the remote and answers there. Without \
            --in-place or --output it says what it would do and touches nothing.
            """)

    @Argument(help: "Files and folders.", transform: PathArgument.read)
    var paths: [String]

    @Flag(help: "Write addresses without asking the remote for them.")
    var noVerify = false

    @OptionGroup(title: "Documents") var documents: DocumentOptions
    @OptionGroup(title: "Where pictures are looked for") var sources: SourceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        var run = DocumentRun(
            name: "publish", stages: .publish, profile: .publish, paths: paths, common: common, documents: documents,
            sources: sources)
        run.verifiesRemote = !noVerify
        run.needs = .publishingRemote
        let publish = run
        try await Session.run { try await publish.run() }
    }
}
