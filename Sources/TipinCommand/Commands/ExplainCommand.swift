import ArgumentParser
import Tipin
import TipinDiagnostics

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a code means and what to do.")

    @Argument(
        help: "A code as it stands in brackets, such as asset-missing; none lists all.", transform: NameArgument.read)
    var code: String?

    func run() async throws {
        let name = code
        try await Session.run {
            guard let name else {
                for code in DiagnosticCode.allCases {
                    Console.output("\(code.rawValue)\n")
                }
                return .success
            }
            guard let code = DiagnosticCode(rawValue: name) else { throw RunError.usage(Self.unknown(name)) }
            Console.output(code.explanation.text)
            return .success
        }
    }

    private static func unknown(_ name: String) -> Problem {
        let near = DiagnosticCode.nearest(to: name).map { "'\($0.rawValue)'" }
        return Problem(
            .usage, "there is no code '\(Redaction.printable(String(name.prefix(40))))'",
            help: near.isEmpty
                ? ["'tipin explain' lists all"] : ["did you mean \(near.joined(separator: " or "))?"])
    }
}
