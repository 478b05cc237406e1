import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinDocument
import TipinJSON

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "List every mention of a picture.",
        discussion: "Reads the documents and nothing else; creates nothing.")

    @Argument(help: "Files and folders.", transform: PathArgument.read)
    var paths: [String]

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.scan() }
    }

    private func scan() async throws -> ExitStatus {
        var total = RunReport(command: "scan")
        var status = ExitStatus.success
        for group in try SettingsResolver(common.overrides).groups(of: paths) {
            let format = common.format
            var report = try await ScanRun(group.settings, host: common.host).run(
                group.paths, lines: try StandardInput.lines(ifIn: paths, limit: group.settings.documentLimit),
                hasPointers: format == .json, show: { format == .json ? Self.lines($0) : Self.text($0) },
                output: { Console.output($0) })
            report.apply(group.settings.severities)
            total.add(report)
            status = max(status, report.status)
        }
        let report = Report(total)
        Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
        if !common.quiet { Console.say(report.summary()) }
        return status
    }

    private static func lines(_ mentions: [ScannedMention]) -> [UInt8] {
        var writer = JSONWriter()
        for mention in mentions { mention.write(to: &writer) }
        return writer.bytes
    }

    private static func text(_ mentions: [ScannedMention]) -> [UInt8] {
        var text = ""
        // They are all of one document.
        let file = mentions.first.map { Redaction.printable($0.place.file) } ?? ""
        for mention in mentions {
            let position = "\(file):\(mention.place.line ?? 0):\(mention.place.column ?? 0)"
            let entity = mention.entity.map { " of \($0.type.rawValue) \(Redaction.printable($0.id))" } ?? ""
            let value = mention.shownValue ?? mention.assetID ?? ""
            text += "\(position)  \(mention.form.rawValue)  \(mention.role.rawValue)\(entity)  \(value)\n"
        }
        return Array(text.utf8)
    }
}
