import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinJSON

struct AssetsProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Say what pictures are, by decoding them; nothing is stored.")

    @Argument(help: "Files.", transform: PathArgument.read)
    var files: [String]

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.probe() }
    }

    private func probe() async throws -> ExitStatus {
        let probe = ImageProbe(try SettingsResolver(common.overrides).settings(for: nil), host: common.host)
        var report = RunReport(command: "assets probe")
        for file in files {
            do {
                let (image, warnings) = try await probe.look(at: Environment.absolute(file))
                say(image, file)
                report.diagnostics += warnings.map { Diagnostic($0, at: Place(file: file)) }
            } catch {
                report.diagnostics.append(Diagnostic(error.problem, at: Place(file: file)))
            }
        }
        Console.say(Report(report).text(isColored: Environment.isColored(STDERR_FILENO), isFolded: false))
        return report.status
    }

    private func say(_ image: ProbedImage, _ file: String) {
        switch common.format {
        case .text:
            let pixels = image.width.flatMap { width in image.height.map { "  \(width)×\($0)" } } ?? ""
            let facts = [
                image.frames > 1 ? "\(image.frames) frames" : nil, image.hasAlpha ? "alpha" : nil,
                image.hasPosition ? "tells where it was taken" : nil,
            ].compactMap { $0 }
            let words = ([image.mime + pixels] + facts).joined(separator: "  ")
            Console.output("\(Redaction.printable(file))  \(words)\n  \(image.sha256)\n")
        case .json:
            var writer = JSONWriter()
            image.write(file: file, to: &writer)
            Console.output(writer.bytes)
        }
    }
}
