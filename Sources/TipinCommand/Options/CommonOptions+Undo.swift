import Tipin
import TipinDiagnostics

extension CommonOptions {
    /// The command that takes a run back; it names the store where `tipin undo` would look into another one.
    /// - Returns: `nil` where no document of the run stands, whatever links it made.
    func undoCommand(_ report: RunReport, _ settings: Settings) -> String? {
        guard let run = report.run, !report.writtenFiles.isEmpty || !report.removedFiles.isEmpty else { return nil }
        var words = ["tipin", "undo", run]
        if let config { words += ["--config", config] }
        var overrides = self.overrides
        overrides.dataFolder = Environment.dataFolder
        overrides.catalog = nil
        let plain = try? SettingsResolver(overrides).settings(for: nil)
        if let folder = settings.dataFolder, folder != plain?.dataFolder {
            words += ["--data-dir", Self.shown(folder)]
        }
        if let catalog = settings.catalog, catalog != plain?.catalog { words += ["--catalog", Self.shown(catalog)] }
        return words.map { ShellWord.quoted($0) }.joined(separator: " ")
    }

    /// Below the working folder as a person would name it.
    private static func shown(_ path: String) -> String {
        let working = Environment.workingFolder + "/"
        return path.hasPrefix(working) ? String(path.dropFirst(working.count)) : path
    }
}
