import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinJSON

struct AssetsRestripCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restrip", abstract: "Remove metadata from pictures that were imported before.",
        discussion: """
            Without ASSET, from all; with --book, from that book's. What 'metadata' in the configuration removes today \
            is removed from the stored bytes: a new asset takes the place of each old one, with its links, and the \
            next resolve or publish rewrites the documents. Until publish or sync has sent the new pictures, a cover \
            that resolve rewrote has no address for other devices. What the remote has of the old pictures stays \
            there: tipin removes nothing from a remote. With --format json one object a line.
            """)

    @Argument(
        help: "Ids, SHA-256s, or beginnings of one that mean a single asset each.", transform: NameArgument.read)
    var assets: [String] = []

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.strip() }
    }

    private func strip() async throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        defer { workspace.close() }
        let (pairs, unchanged, report) = try await RestripRun(workspace).run(assets)
        for pair in pairs { say(pair) }
        Console.say(Report(report).text(isColored: Environment.isColored(STDERR_FILENO), isFolded: false))
        if !common.quiet, common.format == .text {
            let words = "\(pairs.count) picture\(pairs.count == 1 ? "" : "s") replaced, \(unchanged) unchanged\n"
            Console.say(words)
            if !pairs.isEmpty { Console.say(Self.nextStep(workspace)) }
            let left = pairs.count { !$0.copies.isEmpty }
            if left > 0 { Console.say(Self.leftAtRemote(left)) }
        }
        return report.status
    }

    /// `resolve` would take the old addresses away before there are new ones.
    private static func nextStep(_ workspace: Workspace) -> String {
        workspace.canPublish
            ? "run 'tipin publish' to send them and to rewrite the documents\n"
            : "run 'tipin resolve' to rewrite the documents\n"
    }

    private static func leftAtRemote(_ count: Int) -> String {
        let pictures = count == 1 ? "an old picture, with what was removed from it" : "\(count) of the old pictures"
        return "the remote still has \(pictures), at the addresses above; when no reader needs it any more, "
            + "delete it there: tipin removes nothing from a remote\n"
    }

    private func say(_ pair: RestripRun.Pair) {
        switch common.format {
        case .text:
            Console.output("\(Redaction.printable(pair.old))  is now  \(pair.new)\n")
            for copy in pair.copies { Console.output("  still at  \(Redaction.redacted(copy))\n") }
        case .json:
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("assetId", pair.old)
                writer.member("newAssetId", pair.new)
                writer.member("oldCopies", pair.copies)
            }
            writer.newline()
            Console.output(writer.bytes)
        }
    }
}
