import Foundation

/// What the command says of itself with `--experimental-dump-help`.
struct ToolInfo {
    struct Command {
        /// Without the leading `tipin`: `assets list`.
        let name: String
        /// With their dashes: `--in-place`, `-q`.
        let flags: Set<String>
    }

    let commands: [Command]
    /// The flags of the root command.
    let flags: Set<String>

    var allFlags: Set<String> { commands.reduce(flags) { $0.union($1.flags) } }

    static func read() async throws -> ToolInfo {
        let dump = try await Desk().tipin("--experimental-dump-help")
        let root = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command
        return ToolInfo(commands: below(root, prefix: ""), flags: flags(of: root))
    }

    private struct Dump: Decodable {
        let command: DumpedCommand
    }

    private struct DumpedCommand: Decodable {
        let commandName: String
        let subcommands: [DumpedCommand]?
        let arguments: [DumpedArgument]?
    }

    private struct DumpedArgument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let names: [Name]?
    }

    private static func below(_ command: DumpedCommand, prefix: String) -> [Command] {
        (command.subcommands ?? []).filter { $0.commandName != "help" }.flatMap { child in
            let name = prefix + child.commandName
            return [Command(name: name, flags: flags(of: child))] + below(child, prefix: name + " ")
        }
    }

    private static func flags(of command: DumpedCommand) -> Set<String> {
        let names = (command.arguments ?? []).flatMap { $0.names ?? [] }
        return Set(names.map { ($0.kind == "long" ? "--" : "-") + $0.name })
    }
}
