import ArgumentParser
import Tipin
import TipinDocument

/// Where pictures are looked for.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A folder that holds what hosts served: <dir>/<host>/<path>.", valueName: "dir"),
        transform: PathArgument.read)
    var mediaRoot: String?

    @Option(
        help: ArgumentHelp("What relative addresses are relative to, after folders.", valueName: "url"),
        transform: WebAddressArgument.read)
    var baseURL: String?

    @Option(help: SearchFolder.help, transform: SearchFolder.path)
    var search: [String] = []

    @Option(
        help: ArgumentHelp("A JSON object: address → file or address that takes its place.", valueName: "file"),
        transform: PathArgument.read)
    var substitutions: String?

    @Flag(help: "Read addresses again that were imported before.")
    var refetch = false

    @Flag(help: "Also fetch from hosts with private addresses.")
    var allowPrivateHosts = false

    @Option(help: ArgumentHelp("Bytes a picture may have.", valueName: "n"))
    var maxBytes: Int?

    @Option(help: ArgumentHelp("Seconds one fetch may take.", valueName: "n"))
    var maxTime: Int?

    func validate() throws {
        // As many as 'maxUploadMB' takes.
        let sizes = 1...4096 << 20
        if let maxBytes, !sizes.contains(maxBytes) {
            throw ValidationError("--max-bytes must be from 1 to \(sizes.upperBound)")
        }
        let day = 86_400
        if let maxTime, !(1...day).contains(maxTime) { throw ValidationError("--max-time must be from 1 to \(day)") }
    }

    func apply(to overrides: inout SettingsOverrides) {
        overrides.mediaRoot = mediaRoot
        overrides.baseURL = baseURL
        overrides.allowsPrivateHosts = allowPrivateHosts
        overrides.maxBytes = maxBytes
        overrides.maxSeconds = maxTime
    }

    func apply(to options: inout RunOptions) throws {
        options.refetches = refetch
        options.searchFolders = search
        if let substitutions {
            options.substitutions = try Substitutions.read(Environment.absolute(substitutions))
        }
    }
}
