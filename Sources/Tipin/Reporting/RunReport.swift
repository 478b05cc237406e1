package import TipinDiagnostics

/// What a run did: the last stage makes it readable for people and machines.
package struct RunReport: Sendable {
    package var command: String
    package var isDryRun = false
    /// Documents that were read.
    package var documents = 0
    package var changedDocuments = 0
    /// Documents that went to an output folder as they were.
    package var copiedDocuments = 0
    /// Documents that were not done, or not wholly; each is counted once.
    package var failedDocuments = 0
    /// Those of them of which an undoing put a part back.
    package var partlyDoneDocuments = 0
    /// JSON files in a walk that are no documents.
    package var foreignFiles = 0
    /// Documents and folders of a walk that the configuration excludes.
    package var excludedPlaces = 0
    /// Folders of a walk that it kept out of.
    package var hiddenFolders = 0
    /// Documents of books that the run was not for.
    package var foreignDocuments = 0
    package var mentions = 0
    package var changedMentions = 0
    /// Assets that came into the store in this run.
    package var importedAssets = 0
    /// Bytes of them.
    package var importedBytes = 0
    package var plannedMentions = 0
    package var uploads = 0
    package var downloads = 0
    /// The files that were written or, in a dry run, would be.
    package var writtenFiles: [String] = []
    /// Absolute: the files that an undoing put back, wholly or in part.
    package var returnedFiles: [String] = []
    /// Files of an output folder: that had no source any more, or that an undone run had written.
    package var removedFiles: [String] = []
    /// Files of an output folder that gave way to others.
    package var replacedFiles = 0
    /// Files in the plan that was written.
    package var plannedDocuments = 0
    /// The id by which the run can be undone, or of the run that was undone.
    package var run: String?
    /// The command that takes the run back, for people.
    package var undo: String?
    package var diagnostics: [Diagnostic] = []

    /// How many diagnostics were said already and are not kept.
    private var released: [Severity: Int] = [:]
    private var releasedStatus = ExitStatus.success

    package init(command: String) { self.command = command }

    package var errorCount: Int { count(of: .error) }
    package var warningCount: Int { count(of: .warning) }

    func count(of severity: Severity) -> Int {
        released[severity, default: 0] + diagnostics.count { $0.severity == severity }
    }

    /// 0 all done, 1 not done, 3 where everything that was not done may succeed later without anybody's doing.
    package var status: ExitStatus {
        max(releasedStatus, Self.status(of: diagnostics.filter { $0.severity == .error }))
    }

    private static func status(of errors: [Diagnostic]) -> ExitStatus {
        if errors.isEmpty { return .success }
        if errors.contains(where: { $0.code == .internalError }) { return .internalError }
        return errors.allSatisfy(\.problem.isTransient) ? .incomplete : .failure
    }

    /// Gives the diagnostics away; what they mean for the sum and the status stays.
    package mutating func releaseDiagnostics() -> [Diagnostic] {
        defer { diagnostics = [] }
        releasedStatus = status
        for diagnostic in diagnostics { released[diagnostic.severity, default: 0] += 1 }
        return diagnostics
    }

    /// Adds another run's figures.
    package mutating func add(_ other: RunReport) {
        documents += other.documents
        changedDocuments += other.changedDocuments
        copiedDocuments += other.copiedDocuments
        failedDocuments += other.failedDocuments
        partlyDoneDocuments += other.partlyDoneDocuments
        foreignFiles += other.foreignFiles
        excludedPlaces += other.excludedPlaces
        hiddenFolders += other.hiddenFolders
        foreignDocuments += other.foreignDocuments
        mentions += other.mentions
        changedMentions += other.changedMentions
        importedAssets += other.importedAssets
        importedBytes += other.importedBytes
        plannedMentions += other.plannedMentions
        uploads += other.uploads
        downloads += other.downloads
        writtenFiles += other.writtenFiles
        returnedFiles += other.returnedFiles
        removedFiles += other.removedFiles
        replacedFiles += other.replacedFiles
        diagnostics += other.diagnostics
        released.merge(other.released, uniquingKeysWith: +)
        releasedStatus = max(releasedStatus, other.releasedStatus)
    }
}
