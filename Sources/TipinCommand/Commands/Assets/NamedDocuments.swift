import ArgumentParser
import Tipin

/// `--documents PATH…`: documents that are looked through for assets that they name.
struct NamedDocuments: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Files and folders whose documents are looked through; '-' reads lines from standard input.",
            valueName: "path"),
        transform: PathArgument.read)
    var documents: [String] = []

    func groups(_ common: CommonOptions) throws -> [PathGroup] {
        documents.isEmpty ? [] : try SettingsResolver(common.overrides).groups(of: documents)
    }

    func lines(_ groups: [PathGroup]) throws -> LineSource? {
        guard let settings = groups.first?.settings else { return nil }
        return try StandardInput.lines(ifIn: documents, limit: settings.documentLimit)
    }
}
