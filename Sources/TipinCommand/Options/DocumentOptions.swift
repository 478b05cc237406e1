import ArgumentParser
import Tipin
import TipinDiagnostics
import TipinDocument

/// What happens to documents.
struct DocumentOptions: ParsableArguments {
    @Flag(help: "Change the documents where they are.")
    var inPlace = false

    @Option(
        help: ArgumentHelp("Write all documents, changed or not, below this folder.", valueName: "dir"),
        transform: PathArgument.read)
    var output: String?

    @Flag(help: "With --output: remove documents there that have no source any more; 'tipin undo' returns them.")
    var prune = false

    @Flag(help: "Say what would change and write nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Write down what would change, for 'tipin apply'; pictures are imported, documents stay.",
            valueName: "file"),
        transform: PathArgument.read)
    var plan: String?

    @Flag(help: "Show each change: where it is, what stood there, what stands there now.")
    var diff = false

    @Flag(help: "Give image nodes without width and height both.")
    var fillSize = false

    @Flag(help: "Remove 'src' where the asset id explains the picture.")
    var dropSrc = false

    @Option(
        help: ArgumentHelp("Whose word counts where document and catalog contradict each other.", valueName: "whose"))
    var prefer: Preference?

    @Flag(help: "Remove entries from manifests that no node names.")
    var pruneManifest = false

    @Flag(help: "Write through symbolic links inside the folders, and cut hard links off.")
    var followLinks = false

    @Option(help: ArgumentHelp("Write the run's report as JSON.", valueName: "file"), transform: PathArgument.read)
    var report: String?

    @Option(help: ArgumentHelp("With '-': where lines go that fail.", valueName: "file"), transform: PathArgument.read)
    var rejects: String?

    func validate() throws {
        if [inPlace, output != nil, dryRun, plan != nil].count(where: { $0 }) > 1 {
            throw ValidationError("give one of --in-place, --output, --plan and --dry-run")
        }
        if prune && output == nil { throw ValidationError("--prune is for --output") }
    }

    var destination: Destination {
        if inPlace { return .inPlace }
        if plan != nil { return .plan }
        return output.map { .folder($0, relativeTo: Environment.workingFolder) } ?? .nowhere
    }

    /// - Throws: `RunError.usage` where two flags name one file.
    func checkFiles() throws {
        try NamedOutputs.check(
            [("--output", output), ("--plan", plan), ("--rejects", rejects), ("--report", report)],
            workingFolder: Environment.workingFolder)
    }

    func apply(to options: inout RunOptions) {
        options.plan = plan
        options.dropsSrc = dropSrc
        options.fillsSize = fillSize
        options.preference = prefer
        options.prunesManifest = pruneManifest
        options.followsLinks = followLinks
    }
}

extension Preference: ExpressibleByArgument {}
extension Profile: ExpressibleByArgument {}
