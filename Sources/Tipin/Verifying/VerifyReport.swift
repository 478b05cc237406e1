package import TipinDiagnostics
internal import TipinJSON

/// What `assets verify` saw and did.
package struct VerifyReport: Sendable {
    package var isDryRun = false
    /// Whether bytes were to be read.
    package var readsData = false
    package var assets = 0
    /// Entries of assets in books.
    package var files = 0
    package var filesRead = 0
    package var bytesRead = 0
    /// Assets whose bytes are only at a remote, which was looked at.
    package var elsewhere = 0
    /// Assets whose bytes are not here by design and at a remote by what the catalog says; nobody was asked.
    package var unasked = 0
    /// Assets whose bytes are not here and did not come from the remote that is said to have them, and may yet.
    package var unfetched = 0
    /// Entries that were damaged or missing and are whole again.
    package var mended = 0
    /// Thumbnails that the catalog knows.
    package var thumbnails = 0
    /// Thumbnails that were damaged or missing and were made again.
    package var mendedThumbnails = 0
    /// Pictures that were decoded once more because the catalog did not know what decoding tells.
    package var learnt = 0
    /// Assets whose bytes are nowhere.
    package var lost = 0
    /// Blobs that no row names.
    package var unlisted = 0
    /// Rows that said another place than the one where the bytes are.
    package var correctedPaths = 0
    /// Rows, links and copies at a remote that a new catalog was told of; `nil` where none was made.
    package var rebuilt: Rebuilt?
    package var findings: [VerifyFinding] = []
    /// What is to be said of documents.
    package var diagnostics: [Diagnostic] = []

    /// What a catalog was told by blobs and documents.
    package struct Rebuilt: Sendable, Equatable {
        /// Where the damaged catalog lies now; absolute.
        package var movedTo: String?
        package var assets = 0
        package var documents = 0
        package var uploads = 0

        package init() {}
    }

    package init() {}

    /// 0 all is whole, 1 something is lost, 3 where what is lost may be fetched later.
    package var status: ExitStatus {
        let problems =
            findings.filter { $0.severity == .error }.map(\.problem)
            + diagnostics.filter { $0.severity == .error }.map(\.problem)
        if problems.isEmpty { return .success }
        return problems.allSatisfy(\.isTransient) ? .incomplete : .failure
    }

    /// Everything that is to be said, for a person.
    package func text(isColored: Bool) -> String {
        TerminalRenderer(isColored: isColored).render(diagnostics + findings.map(\.diagnostic))
    }

    /// The sum and the next step.
    package var summary: String {
        var lines: [String] = []
        if let rebuilt {
            lines.append(
                "catalog: \(Summary.count(rebuilt.assets, "asset")) from blobs, "
                    + "\(Summary.count(rebuilt.documents, "document")) read, "
                    + "\(rebuilt.uploads) at the remote")
            if let place = rebuilt.movedTo { lines.append("the damaged one is kept as '\(place)'") }
        }
        let read = filesRead > 0 ? ", \(Summary.size(bytesRead)) read" : ""
        var parts = ["\(Summary.count(assets, "asset")), \(Summary.count(files, "file"))\(read)"]
        if elsewhere > 0 { parts.append("\(elsewhere) at the remote only") }
        if unasked > 0 { parts.append("\(unasked) not here and the remote not asked") }
        if unfetched > 0 { parts.append("\(unfetched) not fetched") }
        if correctedPaths > 0 {
            parts.append("\(Summary.count(correctedPaths, "path")) \(isDryRun ? "to correct" : "corrected")")
        }
        if mended > 0 { parts.append("\(mended) mended") }
        if mendedThumbnails > 0 { parts.append("\(Summary.count(mendedThumbnails, "thumbnail")) made again") }
        if learnt > 0 { parts.append("\(Summary.count(learnt, "picture")) looked at again") }
        if lost > 0 { parts.append("\(lost) lost") }
        lines.append("assets verify: " + parts.joined(separator: ", "))
        lines.append(nextStep)
        return lines.map { $0 + "\n" }.joined()
    }

    private var nextStep: String {
        if status == .success {
            if filesRead > 0 { return "every picture that was read is whole" }
            if readsData { return "every picture is there; there were no bytes to be read" }
            return unasked > 0
                ? "every picture is there, or at the remote as far as the catalog knows"
                : "every picture is there; give --read-data to have each byte compared"
        }
        if isDryRun { return "nothing was changed; leave out --dry-run to mend what can be mended" }
        return status == .incomplete ? "run the command again later" : "mend what is named above"
    }

    /// One finding a line, and the sum on the last.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        for finding in findings { finding.write(to: &writer) }
        writer.object { writer in
            writer.member("command", "assets verify")
            writer.member("status", Int(status.rawValue))
            writer.key("dryRun")
            writer.boolean(isDryRun)
            writer.member("assets", assets)
            writer.member("files", files)
            writer.member("filesRead", filesRead)
            writer.member("bytesRead", bytesRead)
            writer.member("elsewhere", elsewhere)
            writer.member("unasked", unasked)
            writer.member("unfetched", unfetched)
            writer.member("correctedPaths", correctedPaths)
            writer.member("mended", mended)
            writer.member("thumbnails", thumbnails)
            writer.member("mendedThumbnails", mendedThumbnails)
            writer.member("learnt", learnt)
            writer.member("lost", lost)
            writer.member("unlisted", unlisted)
            writer.member("rebuiltAssets", rebuilt?.assets)
            writer.member("rebuiltUploads", rebuilt?.uploads)
            writer.member("damagedCatalog", rebuilt?.movedTo)
        }
        writer.newline()
        return writer.bytes
    }
}
