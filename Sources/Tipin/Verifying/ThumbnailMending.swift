internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Makes thumbnails again that are missing or wrong, or forgets them, so that they are made when they are asked for.
struct ThumbnailMending: Sendable {
    let workspace: Workspace
    let blobs: BlobStore
    let catalog: Catalog
    let isDryRun: Bool

    /// - Parameter state: of an asset some of whose thumbnails are not as they should be; its bytes were mended before.
    /// - Returns: what was wrong, and how many were made again.
    func mend(_ state: AssetState) async throws -> (finding: VerifyFinding, mended: Int) {
        var notes = ["asset '\(Redaction.printable(state.asset.id))', SHA-256 \(state.asset.sha256)"]
        var mended = 0
        for broken in state.brokenThumbnails {
            let what = broken.books.isEmpty ? "is missing" : "is damaged"
            let name = "thumbnail of \(broken.thumbnail.size) pixels"
            if isDryRun {
                notes.append("the \(name) \(what)")
                continue
            }
            let failure = try await makeAgain(broken, of: state.asset)
            if let failure {
                try remove(broken, of: state.asset)
                notes.append("the \(name) \(what) and was given up: \(failure)")
            } else {
                mended += 1
                notes.append("the \(name) \(what) and was made again")
            }
        }
        let count = state.brokenThumbnails.count
        var finding = VerifyFinding(
            Problem(
                .thumbnailDamaged, Self.headline(count, mended: mended, isDryRun), notes: notes,
                help: isDryRun ? ["run 'tipin assets verify' without --dry-run to have it made again"] : []),
            path: try path(of: state))
        finding.assetID = state.asset.id
        finding.sha256 = state.asset.sha256.description
        return (finding, mended)
    }

    private static func headline(_ count: Int, mended: Int, _ isDryRun: Bool) -> String {
        let subject = count == 1 ? "thumbnail is" : "\(count) thumbnails are"
        if isDryRun { return "\(subject) missing or damaged" }
        let past = count == 1 ? "thumbnail was" : "\(count) thumbnails were"
        return "\(past) missing or damaged and \(mended == count ? "made again" : "given up")"
    }

    private func path(of state: AssetState) throws -> String? {
        guard let broken = state.brokenThumbnails.first, let book = broken.books.first ?? state.entries.first?.book
        else { return nil }
        return try blobs.thumbnailPath(broken.thumbnail, of: state.asset.sha256, book: book)
    }

    /// - Returns: why it could not be made, in words.
    private func makeAgain(_ broken: AssetState.BrokenThumbnail, of asset: Asset) async throws -> String? {
        guard let importer = workspace.importer else { return "nothing may be written" }
        let owner = try catalog.read { try $0.ownerBook(of: asset.id) }
        let books = broken.books.isEmpty ? [owner].compactMap(\.self) : broken.books
        guard blobs.findAnywhere(asset.sha256) != nil || !broken.isGone else { return "the picture is not here" }
        do {
            for book in books { _ = try await importer.makeThumbnails([broken.thumbnail.size], of: asset, book: book) }
            return nil
        } catch let error where error.concernsPicture || error.isBeyondMending {
            return error.problem.headline
        }
    }

    /// The row first: none speaks of what is not there.
    private func remove(_ broken: AssetState.BrokenThumbnail, of asset: Asset) throws {
        if broken.isGone { try catalog.write { try $0.forgetThumbnail(broken.thumbnail.size, assetID: asset.id) } }
        for book in broken.books {
            try blobs.removeThumbnail(try blobs.thumbnailPath(broken.thumbnail, of: asset.sha256, book: book))
        }
    }

    // MARK: What no row knows

    /// Looks at a file that the catalog knows nothing of: an app, or a run that was killed, may have made it.
    /// - Returns: `nil` where it may stay.
    func judge(_ file: StoredEntry.Blob) async throws -> VerifyFinding? {
        let place = "'\(Redaction.printable(file.path))'"
        guard let asset = try catalog.read({ try $0.asset(sha256: file.digest) }) else {
            guard blobs.findAnywhere(file.digest) == nil else { return nil }
            return VerifyFinding(
                Problem(
                    .strayFile, "thumbnail shows a picture that is not in the store", notes: [place],
                    help: ["have it cleaned up by 'tipin assets gc'"]), path: file.path)
        }
        if try await isPicture(file, ext: String(file.path.split(separator: ".").last ?? "")) { return nil }
        if !isDryRun { try blobs.removeThumbnail(file.path) }
        var finding = VerifyFinding(
            Problem(
                .thumbnailDamaged, "thumbnail cannot be decoded\(isDryRun ? "" : " and was removed")", notes: [place],
                help: isDryRun ? ["run 'tipin assets verify' without --dry-run to have it removed"] : []),
            path: file.path)
        finding.assetID = asset.id
        finding.sha256 = file.digest.description
        return finding
    }

    private func isPicture(_ file: StoredEntry.Blob, ext: String) async throws -> Bool {
        guard let bytes = blobs.bytesOfThumbnail(file.path) else { return false }
        guard let importer = workspace.importer else {
            guard let type = FileType.sniff(bytes), type.ext == ext, let format = type.imageFormat else { return false }
            return ImageHeader(bytes, as: format) != nil
        }
        do {
            return try await importer.isThumbnail(bytes, ext: ext)
        } catch let error where error.concernsPicture {
            // Nobody could look: that says nothing of the picture.
            return true
        }
    }
}
