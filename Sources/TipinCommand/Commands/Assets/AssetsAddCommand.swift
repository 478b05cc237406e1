import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinDocument
import TipinJSON

struct AssetsAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Import files and link them.",
        discussion: """
            With --format json one object a line for each file, in their order: a FileRef with this machine's \
            localPath, or why the file was refused.
            """)

    @Argument(help: "Files; '-' is a picture from standard input.", transform: PathArgument.read)
    var files: [String]

    @Option(help: EntityArgument.help)
    var entity: EntityArgument

    @Option(help: "cover, avatar, gallery, divider, attachment, map or lore.", transform: NameArgument.read)
    var role: String

    @Option(help: ArgumentHelp("Comma-separated, sent along with the upload.", valueName: "a,b"))
    var tags: String?

    @Option(help: "Sent along with the upload.")
    var description: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if files.count > 1, files.contains("-") { throw ValidationError("'-' stands alone") }
        if files.count > 1, role == "cover" { throw ValidationError("--role cover takes one file") }
        try common.expectOneBook()
    }

    func run() async throws {
        let command = self
        try await Session.run { try await command.add() }
    }

    private func add() async throws -> ExitStatus {
        var overrides = common.overrides
        overrides.requiresCatalog = false
        let settings = try SettingsResolver(overrides).settings(for: nil)
        try LinkWords(settings).check(entity.entity, AssetRole(rawValue: role))
        let workspace = try StoreSession.open(common, Access(catalog: .writes), creates: true, settings: settings)
        let service = AssetService(AssetStore(workspace))
        guard let book = workspace.settings.books.first ?? (entity.entity.type == .book ? entity.entity.id : nil) else {
            throw RunError.usage(
                Problem(.usage, "no book is named", help: ["give --book, or say 'bookId' in tipin.json"]))
        }
        var report = RunReport(command: "assets add")
        let wanted = files.map { file in
            let context = ImportContext(
                entity: entity.entity, role: AssetRole(rawValue: role), bookId: book,
                tags: tags?.split(separator: ",").map(String.init) ?? [], description: description)
            return (path: Environment.absolute(file), context: context)
        }
        func take(_ index: Int, _ outcome: Result<AddedAsset, TipinError>) {
            switch outcome {
            case .success(let added):
                say(added.reference, files[index])
                report.diagnostics += added.warnings.map { Diagnostic($0.problem, at: Place(file: files[index])) }
            case .failure(let error):
                refuse(Diagnostic(error.problem, at: Place(file: files[index])), &report)
            }
        }
        if files == ["-"] {
            take(0, try await Self.imported(service, wanted[0].context))
        } else {
            try await service.importLocalFiles(wanted, each: take)
        }
        Console.say(Report(report).text(isColored: Environment.isColored(STDERR_FILENO), isFolded: false))
        // The others went on: some assets are there, some are not.
        return ExitStatus(refused: report.diagnostics.filter { $0.severity == .error }.map(\.code))
    }

    /// A picture from standard input.
    private static func imported(
        _ service: AssetService, _ context: ImportContext
    ) async throws -> Result<AddedAsset, TipinError> {
        do {
            return .success(try await service.importStream(StandardInput.pieces, context))
        } catch let error as TipinError {
            return .failure(error)
        }
    }

    private func refuse(_ diagnostic: Diagnostic, _ report: inout RunReport) {
        report.diagnostics.append(diagnostic)
        guard common.format == .json else { return }
        var writer = JSONWriter()
        diagnostic.write(to: &writer)
        writer.newline()
        Console.output(writer.bytes)
    }

    private func say(_ reference: FileRef, _ file: String) {
        switch common.format {
        case .text: Console.output("\(reference.assetId)  \(Redaction.printable(file))\n")
        case .json:
            var writer = JSONWriter()
            reference.write(file: file, to: &writer)
            Console.output(writer.bytes)
        }
    }
}
