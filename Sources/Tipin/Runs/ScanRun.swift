internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `scan`: lists every mention. Reads documents and nothing else.
package struct ScanRun: Sendable {
    private let settings: Settings
    private let host: Host
    private let collect: Collect

    package init(_ settings: Settings, host: Host) {
        self.settings = settings
        self.host = host
        collect = Collect(settings)
    }

    /// - Parameter each: gets the mentions of one file at a time, in path order.
    package func run(_ paths: [String], each: ([ScannedMention]) throws -> Void) async throws -> RunReport {
        var report = RunReport(command: "scan")
        let skipped = settings.dataFolder.map { Set([Paths.real($0)]) } ?? []
        let files = try DocumentWalk(
            workingFolder: host.workingFolder, exclude: settings.exclude, skippedFolders: skipped
        ).files(in: paths)
        let owners = OwnerBooks(collect, given: settings.books)
        for start in stride(from: 0, to: files.count, by: 64) {
            try Task.checkCancellation()
            let window = Array(files[start..<min(start + 64, files.count)])
            let loaded = await window.concurrentMap(limit: host.jobs) { [collect] in collect.load($0) }
            for file in loaded {
                report.diagnostics += file.diagnostics
                report.failedDocuments += file.diagnostics.count { $0.severity == .error }
                if file.isForeign { report.foreignFiles += 1 }
                report.documents += file.documents.count
                for document in file.documents {
                    report.mentions += document.collected.mentions.count
                    try each(mentions(of: document, in: file, owners))
                }
            }
        }
        if files.isEmpty || (report.documents == 0 && report.errorCount == 0) {
            report.diagnostics.append(Diagnostic(RewriteRun.noDocuments))
        }
        return report
    }

    private func mentions(of document: LoadedDocument, in file: LoadedFile, _ owners: OwnerBooks) -> [ScannedMention] {
        let collected = document.collected
        guard !collected.mentions.isEmpty else { return [] }
        let book = owners.owner(of: collected, at: file.file.path)
        let places = PlaceFinder(file).places(of: collected.mentions, in: document)
        return zip(collected.mentions, places).map { mention, place in
            let details = collected.details(of: mention)
            return ScannedMention(
                place: place, form: mention.form, role: collected.role(of: mention),
                entity: collected.entity(of: mention) ?? book.map { Entity(type: .book, id: $0) },
                assetID: details.assetID, sha256: details.sha256, value: details.address)
        }
    }
}
