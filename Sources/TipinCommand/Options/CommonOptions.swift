import ArgumentParser
import Tipin
import TipinDocument

/// The flags that all commands share.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where blobs and catalog are.", valueName: "dir"), transform: PathArgument.read)
    var dataDir: String?

    @Option(
        help: ArgumentHelp("The catalog, where it is not in the data folder.", valueName: "file"),
        transform: PathArgument.read)
    var catalog: String?

    @Option(
        help: ArgumentHelp("The configuration; else the nearest tipin.json upwards from each path.", valueName: "file"),
        transform: PathArgument.read)
    var config: String?

    @Option(
        help: ArgumentHelp("The book to work on; may be repeated.", valueName: "id"), transform: NameArgument.read)
    var book: [String] = []

    @Option(
        help: ArgumentHelp("'folder:PATH?base=URL' or 'https://HOST'.", valueName: "name"),
        transform: NameArgument.read)
    var remote: String?

    @Option(help: ArgumentHelp("Documents at a time; as many as there are cores by default.", valueName: "n"))
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "Print diagnostics only, no sums.")
    var quiet = false

    @Option(name: .customLong("format"), help: "text for people, json for machines: one object a line.")
    var formatChoice = FormatChoice.text

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be from 1 to 256") }
    }

    /// For a command that puts a picture into one book.
    func expectOneBook() throws {
        if book.count > 1 { throw ValidationError("--book names one book here, the picture's own") }
    }

    var format: OutputFormat { formatChoice.format }

    /// The changes themselves are asked for, as JSON patches (RFC 6902).
    var printsPatches: Bool { formatChoice == .jsonPatch }

    var overrides: SettingsOverrides {
        var overrides = SettingsOverrides(workingFolder: Environment.workingFolder)
        overrides.dataFolder = dataDir ?? Environment.dataFolder
        overrides.requiresCatalog = dataDir != nil
        overrides.defaultDataFolder = Environment.platformDataFolder
        overrides.catalog = catalog
        overrides.configuration = config
        overrides.books = book
        overrides.remote = remote
        return overrides
    }

    var host: Host { Environment.host(jobs: jobs) }
}
