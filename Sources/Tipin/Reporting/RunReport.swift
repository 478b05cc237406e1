package import TipinDiagnostics

/// What a run did: the last stage makes it readable for people and machines.
package struct RunReport: Sendable {
    package var command: String
    package var isDryRun = false
    /// Documents that were read.
    package var documents = 0
    package var changedDocuments = 0
    /// Documents that were not done.
    package var failedDocuments = 0
    /// JSON files in a walk that are no documents.
    package var foreignFiles = 0
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
    package var diagnostics: [Diagnostic] = []

    package init(command: String) { self.command = command }

    package var errorCount: Int { diagnostics.count { $0.severity == .error } }
    package var warningCount: Int { diagnostics.count { $0.severity == .warning } }

    /// 0 all done, 1 not done, 3 where everything that was not done may succeed later without anybody's doing.
    package var status: ExitStatus {
        let errors = diagnostics.filter { $0.severity == .error }
        if errors.isEmpty { return .success }
        if errors.contains(where: { $0.code == .internalError }) { return .internalError }
        return errors.allSatisfy(\.problem.isTransient) ? .incomplete : .failure
    }

    /// Adds another run's figures.
    package mutating func add(_ other: RunReport) {
        documents += other.documents
        changedDocuments += other.changedDocuments
        failedDocuments += other.failedDocuments
        foreignFiles += other.foreignFiles
        mentions += other.mentions
        changedMentions += other.changedMentions
        importedAssets += other.importedAssets
        importedBytes += other.importedBytes
        plannedMentions += other.plannedMentions
        uploads += other.uploads
        downloads += other.downloads
        writtenFiles += other.writtenFiles
        diagnostics += other.diagnostics
    }
}
