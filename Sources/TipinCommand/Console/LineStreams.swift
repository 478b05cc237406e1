import Glibc
import Tipin
import TipinDiagnostics

/// Where the lines of a `-` run go.
enum LineStreams {
    /// - Parameters:
    ///   - rejects: absolute path of a new file for lines that fail.
    ///   - report: gets what is said, too.
    static func open(rejects: String?, _ report: SpooledReport?) throws -> LineRun.Streams {
        let renderer = TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO))
        let file = try rejects.map { try RejectsFile($0) }
        return LineRun.Streams(
            output: { try Console.outputDocuments($0) }, rejects: file.map { file in { try file.write($0) } },
            say: { diagnostics in
                try report?.add(diagnostics)
                Console.say(renderer.render(diagnostics))
            })
    }
}
