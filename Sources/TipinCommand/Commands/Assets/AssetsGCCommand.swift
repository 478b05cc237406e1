import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinJSON

struct AssetsGCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Clean up: say what nothing refers to, and with --delete remove it.",
        discussion: """
            Kept is what a link, a row of the app's own, a document named with --documents (also one under 'exclude'), \
            a plan, a run that can be undone or an upload under way refers to, and what was used within the grace \
            period ('gcGraceHours', 24 hours). What was never \
            uploaded goes to 'removed' in the data folder and can be brought back for 30 days. What the remote has \
            goes, longest unused first, while it takes more than --max-cache; it is fetched again when it is needed. \
            Each is read at the remote and compared before it goes; where it is not the same the bytes stay. \
            With --book, which needs all documents of that book, links of documents that are no more are dropped too.
            """)

    @Flag(help: "Do it; else it is only said.")
    var delete = false

    @OptionGroup var named: NamedDocuments

    @Option(help: ArgumentHelp("What pictures that can be fetched again may take here, in MB.", valueName: "mb"))
    var maxCache: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let maxCache, !Self.cacheSizes.contains(maxCache) {
            throw ValidationError("--max-cache must be from 0 to \(Self.cacheSizes.upperBound)")
        }
        if !common.book.isEmpty, named.documents.isEmpty {
            throw ValidationError("--book needs --documents with all documents of the book")
        }
    }

    /// As many megabytes as 'maxCacheMB' takes: their bytes can be counted.
    private static let cacheSizes = 0...(1 << 40) - 1

    func run() async throws {
        let command = self
        try await Session.run { try await command.clean() }
    }

    private func clean() async throws -> ExitStatus {
        let groups = try named.groups(common)
        let workspace = try StoreSession.open(
            common, Access(catalog: delete ? .cleans : .reads, reachesRemote: delete), settings: groups.first?.settings)
        defer { workspace.close() }
        var options = CleanOptions()
        options.deletes = delete
        options.documents = groups
        options.maxCacheBytes = maxCache.map { $0 << 20 }
        options.completeBooks = common.book
        let renderer = TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO))
        do {
            let lines = try named.lines(groups)
            let sum = try await CleanRun(workspace, options).run(lines: lines) { say($0) }
            Console.say(renderer.render(sum.diagnostics))
            if !common.quiet {
                let text = sum.text(isDone: delete)
                if common.format == .json { Console.say(text) } else { Console.output(text) }
            }
            return .success
        } catch let error as CleanError {
            Console.say(renderer.render(error.diagnostics + [Diagnostic(error.problem)]))
            return error.problem.isTransient ? .incomplete : .failure
        }
    }

    private func say(_ item: CleanedItem) {
        switch common.format {
        case .json:
            var writer = JSONWriter()
            item.write(to: &writer, isDone: delete)
            Console.output(writer.bytes)
        case .text:
            let name = item.assetID.map { Redaction.printable($0) } ?? item.sha256
            Console.output(
                "\(item.action.rawValue)  \(name)  \(item.bytes) bytes  \(Redaction.printable(item.reason))\n")
        }
    }
}
