import ArgumentParser

@main
struct TipinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tipin",
        abstract: "Finds every picture a TipTap book speaks of, stores it, publishes it, and rewrites the documents.",
        discussion: """
            Documents are read as they are and changed only where --in-place or --output says so.
            Exit codes: 0 all done, 1 broken assets or documents not done, 3 some assets could not be fetched or sent \
            for now, 10 catalog missing, 11 locked, 12 damaged, 64 usage or configuration, 70 a bug in tipin, \
            130 interrupted.
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Documents",
                subcommands: [
                    ScanCommand.self, CheckCommand.self, MigrateCommand.self, SyncCommand.self, ResolveCommand.self,
                    PublishCommand.self,
                ]),
            CommandGroup(name: "Changes", subcommands: [ApplyCommand.self, UndoCommand.self]),
            CommandGroup(name: "Assets", subcommands: [AssetsCommand.self]),
            CommandGroup(name: "Help", subcommands: [ExplainCommand.self, DoctorCommand.self]),
        ])
}
