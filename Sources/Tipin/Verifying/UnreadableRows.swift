internal import TipinAssets
internal import TipinDiagnostics

/// Rows of the catalog of which no SHA-256 can be read, so that no command sees them. The id, or the path that they
/// have, may tell which bytes they speak of.
struct UnreadableRows {
    let catalog: Catalog
    let blobs: BlobStore
    let isDryRun: Bool

    /// Names each of them, and gives those their SHA-256 back whose bytes are here.
    func mend() throws -> [VerifyFinding] {
        let rows = try catalog.read { try $0.unreadableRows() }
        guard !rows.isEmpty else { return [] }
        let places = try blobs.places()
        let derived = Dictionary(places.keys.map { (AssetID.derived(from: $0), $0) }) { first, _ in first }
        return try rows.map { row in
            guard let id = row.id, let digest = Self.digest(of: row, id, derived),
                let path = blobs.find(in: places[digest] ?? []), try blobs.isWhole(path, digest)
            else { return finding(row, nil, "nothing here tells which bytes it speaks of") }
            if isDryRun { return finding(row, digest, "nothing was changed") }
            let isMended = try catalog.write { try $0.setDigest(digest, ofRow: id) }
            return isMended
                ? finding(row, digest, "its bytes are here, and it has their SHA-256 again", severity: .warning)
                : finding(row, digest, "another row has the SHA-256 of its bytes")
        }
    }

    /// What the row says of its bytes in another way.
    private static func digest(
        of row: CatalogReader.UnreadableRow, _ id: String, _ derived: [String: SHA256Digest]
    ) -> SHA256Digest? {
        guard !AssetID.isDerived(id) else { return derived[id.lowercased()] }
        return row.localPath.flatMap { AssetLookup.digest(inPath: $0) }
    }

    private func finding(
        _ row: CatalogReader.UnreadableRow, _ digest: SHA256Digest?, _ outcome: String, severity: Severity = .error
    ) -> VerifyFinding {
        let problem = Problem(
            .rowUnreadable, "row of the catalog has no SHA-256", notes: [Self.words(row), outcome],
            help: severity == .error ? [help(digest != nil)] : [])
        var finding = VerifyFinding(problem, severity: severity)
        finding.assetID = row.id
        finding.sha256 = digest?.description
        return finding
    }

    private func help(_ isTold: Bool) -> String {
        isDryRun && isTold
            ? "run 'tipin assets verify' without --dry-run to have it mended"
            : "let the app that made it bring it in order, or take it out"
    }

    private static func words(_ row: CatalogReader.UnreadableRow) -> String {
        let name = row.id.map { "asset '\(Redaction.printable(String($0.prefix(64))))'" } ?? "a row without an id"
        let text = row.sha256.map { "'\(Redaction.printable(String($0.prefix(80))))'" } ?? "no text"
        return "\(name) has \(text) in the place of it"
    }

    /// Why clean-up leaves alone what has no row.
    static func standing(_ rows: [CatalogReader.UnreadableRow]) -> Problem {
        Problem(
            .rowUnreadable, "files without a row stay, because rows cannot be read that may speak of them",
            notes: rows.prefix(3).map(words) + (rows.count > 3 ? ["and \(rows.count - 3) more"] : []),
            help: ["run 'tipin assets verify'"])
    }
}
