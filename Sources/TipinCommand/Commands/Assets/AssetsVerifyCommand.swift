import ArgumentParser
import Glibc
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles

struct AssetsVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare the catalog with the files, and mend what can be mended.",
        discussion: """
            Damaged files are moved to 'bad' below the data folder, and their bytes brought back from another book, a \
            folder that is searched, the remote, or where they came from. What is nowhere is named with what uses it. \
            With --format json one finding a line, and the sum on the last.
            Exit codes: 0 all is whole or was mended, 1 something is lost, 3 some could not be fetched for now.
            """)

    @Flag(help: "Read every stored byte and compare its SHA-256.")
    var readData = false

    @Option(help: ArgumentHelp("Read part n of t equal parts only; a part is the same in every run.", valueName: "n/t"))
    var subset: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Documents that may use what is lost, or tell a new catalog.", valueName: "path"),
        transform: PathArgument.read)
    var documents: [String] = []

    @Option(help: SearchFolder.help, transform: SearchFolder.path)
    var search: [String] = []

    @Flag(help: "Make rows, links and ids that the catalog lacks, from files and documents; move a damaged one aside.")
    var rebuild = false

    @Flag(help: "Say what is wrong and change nothing.")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if rebuild, dryRun { throw ValidationError("--rebuild and --dry-run do not go together") }
        guard let subset else { return }
        guard readData else { throw ValidationError("--subset is for --read-data") }
        if DigestSubset(subset) == nil { throw ValidationError("--subset is a part and their number, like 1/4") }
    }

    func run() async throws {
        let command = self
        try await Session.run { try await command.verify() }
    }

    private func verify() async throws -> ExitStatus {
        let settings = try settings()
        var options = VerifyOptions()
        options.readsData = readData
        options.subset = subset.flatMap { DigestSubset($0) }
        options.documents = documents
        options.searchFolders = search
        options.isDryRun = dryRun
        let movedTo = rebuild ? try CatalogRebuild.moveDamagedAside(settings, host: common.host) : nil
        do {
            return say(try await report(settings, options, movedTo))
        } catch {
            // No sum says where it went.
            if let movedTo { Console.say("the damaged catalog is kept as '\(Redaction.printable(movedTo))'\n") }
            throw error
        }
    }

    /// - Parameter movedTo: where a damaged catalog went; `nil` where none did.
    private func report(
        _ settings: Settings, _ options: VerifyOptions, _ movedTo: String?
    ) async throws -> VerifyReport {
        let workspace = try workspace(settings)
        defer { workspace.close() }
        var report = VerifyReport()
        if rebuild {
            try await CatalogRebuild(workspace, options).run(&report)
            report.rebuilt?.movedTo = movedTo
        }
        try await VerifyRun(workspace, options).run(&report)
        return report
    }

    /// Those of the documents, which say where their store is.
    private func settings() throws -> Settings {
        var overrides = common.overrides
        overrides.requiresCatalog = !rebuild
        let resolver = SettingsResolver(overrides)
        return try resolver.groups(of: documents).first?.settings ?? resolver.settings(for: nil)
    }

    private func workspace(_ settings: Settings) throws -> Workspace {
        if dryRun { return try Workspace(settings, host: common.host, access: Access(catalog: .reads)) }
        var settings = settings
        if rebuild {
            // Bytes that are stored were allowed once.
            settings.importLimits.allowed.insert(.pdf)
            settings.importLimits.maxBytes = .max / 4
        } else {
            try Workspace.expectStore(settings, host: common.host)
        }
        return try Workspace(
            settings, host: common.host,
            access: Access(catalog: .writes, reachesLegacyHosts: true, reachesRemote: true))
    }

    private func say(_ report: VerifyReport) -> ExitStatus {
        switch common.format {
        case .json: Console.output(report.json())
        case .text:
            Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
            if !common.quiet { Console.output(report.summary) }
        }
        return report.status
    }
}
