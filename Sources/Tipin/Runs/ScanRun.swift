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

    /// - Parameters:
    ///   - lines: read in place of the paths, where it is given.
    ///   - each: gets the mentions of one document at a time, in path order.
    package func run(
        _ paths: [String], lines: LineSource? = nil, each: ([ScannedMention]) throws -> Void
    ) async throws -> RunReport {
        var report = RunReport(command: "scan")
        var reader = try DocumentReader(settings, host: host, collect: collect, paths: paths, lines: lines)
        let owners = OwnerBooks(collect, given: settings.books)
        while let loaded = try await reader.next() {
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
        if report.documents == 0 && report.errorCount == 0 {
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
                assetID: details.assetID, sha256: details.sha256,
                value: details.address.map { String($0.prefix(ScannedMention.kept)) })
        }
    }
}
