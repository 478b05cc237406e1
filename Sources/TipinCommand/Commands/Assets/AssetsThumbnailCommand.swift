import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinJSON

struct AssetsThumbnailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thumbnail", abstract: "Make the smaller pictures that assets lack.",
        discussion: """
            Without ASSET, of all pictures; with --book, of that book's. A thumbnail whose file is not what it was is \
            made again. With --format json one object a line.
            """)

    @Argument(
        help: "Ids, SHA-256s, or beginnings of one that mean a single asset each.", transform: NameArgument.read)
    var assets: [String] = []

    @Option(
        name: .customLong("size"),
        help: ArgumentHelp(
            """
            The longer side, from 16 to 2048; may be repeated. Else 'thumbnails' of the configuration, else 256, \
            1024.
            """,
            valueName: "pixels"))
    var sizes: [Int] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !sizes.allSatisfy((16...2048).contains) || sizes.count > 4 {
            throw ValidationError("--size must be from 16 to 2048, and there may be 4 of them")
        }
    }

    func run() async throws {
        let command = self
        try await Session.run { try await command.make() }
    }

    private func make() async throws -> ExitStatus {
        let workspace = try StoreSession.open(common, Access(catalog: .writes))
        defer { workspace.close() }
        let (results, report) = try await ThumbnailRun(workspace, sizes: sizes).run(assets)
        for result in results { say(result) }
        Console.say(Report(report).text(isColored: Environment.isColored(STDERR_FILENO), isFolded: false))
        if !common.quiet, common.format == .text {
            let made = results.reduce(0) { $0 + $1.madeCount }
            let all = results.reduce(0) { $0 + $1.thumbnails.count }
            Console.say("\(made) thumbnail\(made == 1 ? "" : "s") made, \(all - made) there already\n")
        }
        return report.status
    }

    private func say(_ result: ThumbnailRun.Result) {
        switch common.format {
        case .text:
            let sizes = result.thumbnails.map { "\($0.size): \($0.width)×\($0.height)" }
            Console.output("\(([result.assetID] + sizes).joined(separator: "  "))\n")
        case .json:
            var writer = JSONWriter()
            for thumbnail in result.thumbnails {
                writer.object { writer in
                    writer.member("assetId", result.assetID)
                    writer.member("size", thumbnail.size)
                    writer.member("width", thumbnail.width)
                    writer.member("height", thumbnail.height)
                    writer.member("mime", thumbnail.mime)
                    writer.member("path", thumbnail.path)
                }
                writer.newline()
            }
            Console.output(writer.bytes)
        }
    }
}
