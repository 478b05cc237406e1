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
    ///   - hasPointers: whether the places are to have JSON pointers.
    ///   - show: turns the mentions of one document into what is wanted of them, of several documents at a time.
    ///   - output: gets it in path order.
    package func run<Shown: Sendable>(
        _ paths: [String], lines: LineSource? = nil, hasPointers: Bool = true,
        show: @escaping @Sendable ([ScannedMention]) -> Shown,
        output: (Shown) throws -> Void
    ) async throws -> RunReport {
        var report = RunReport(command: "scan")
        var reader = try DocumentReader(
            settings, host: host, collect: collect, paths: paths, lines: lines
        ) { report.leaveOut($0) }
        let owners = OwnerBooks(collect, given: settings.books)
        while let loaded = try await reader.next() {
            var listed: [Listed] = []
            for file in loaded {
                report.diagnostics += file.diagnostics
                report.failedDocuments += file.diagnostics.count { $0.severity == .error }
                if file.isForeign { report.foreignFiles += 1 }
                report.documents += file.documents.count
                for document in file.documents where !document.collected.mentions.isEmpty {
                    report.mentions += document.collected.mentions.count
                    let book = owners.owner(of: document.collected, at: file.file.path)
                    listed.append(Listed(file: file, document: document, book: book))
                }
            }
            for shown in await listed.concurrentMap(limit: host.jobs, { show($0.mentions(hasPointers: hasPointers)) }) {
                try output(shown)
            }
        }
        if report.documents == 0 && report.errorCount == 0 {
            report.diagnostics.append(
                Diagnostic(lines == nil ? RewriteRun.noDocuments(without: settings.exclude) : RewriteRun.noLines))
        }
        return report
    }

    /// A document with mentions.
    private struct Listed: Sendable {
        let file: LoadedFile
        let document: LoadedDocument
        let book: String?

        func mentions(hasPointers: Bool) -> [ScannedMention] {
            let collected = document.collected
            let places = PlaceFinder(file).places(of: collected.mentions, in: document, hasPointers: hasPointers)
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
}
