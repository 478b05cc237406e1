import Glibc
import Tipin
import TipinDiagnostics

/// Where the lines of a `-` run go.
enum LineStreams {
    /// - Parameters:
    ///   - rejects: gets the lines that fail.
    ///   - report: gets what is said, too.
    static func open(rejects: RejectsFile?, _ report: SpooledReport?) -> LineRun.Streams {
        let renderer = TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO))
        return LineRun.Streams(
            output: { try Console.outputDocuments($0) }, rejects: rejects.map { file in { try file.write($0) } },
            say: { diagnostics in
                try report?.add(diagnostics)
                Console.say(renderer.render(diagnostics))
            })
    }
}
