internal import TipinAssets
internal import TipinFiles

/// Looks at what lies in an asset's places, and changes nothing.
struct AssetJudge: Sendable {
    let blobs: BlobStore
    let catalog: Catalog
    let options: VerifyOptions
    /// The name of the remote that is in use.
    let remote: String?

    func state(of asset: Asset) throws -> AssetState {
        var state = AssetState(asset: asset)
        let places = try catalog.read { reader in
            state.isUploaded = try reader.isUploaded(asset)
            state.hiddenLine = try reader.hiddenLine(ofAsset: asset.id, remote: remote)
            return try reader.places(of: asset.id)
        }
        state.isSaidToBeHere = asset.localPath != nil || places.contains { $0.path != nil }
        // What is to be decoded is looked at before, so that it is set aside and mended like all else that is damaged.
        let reads = asset.lacksFacts || options.readsData && options.subset?.contains(asset.sha256) ?? true
        var judged: [UInt64: AssetState.Fault?] = [:]
        for (book, recorded) in places {
            do throws(FileError) {
                // Where no entry was ever made there is none to miss.
                guard let path = try place(of: asset, book, recorded) else { continue }
                let status = try blobs.status(of: path)
                var entry = AssetState.Entry(book: book, path: path)
                if let status, status.kind == .regular, let known = judged[status.inode] {
                    entry.fault = known
                } else {
                    entry.fault = try fault(of: path, status, asset, reads: reads, &state)
                    // Names of one file have the same bytes: they are read once.
                    if let status { judged[status.inode] = entry.fault }
                }
                state.entries.append(entry)
            } catch {
                var entry = AssetState.Entry(book: book, path: recorded ?? error.path)
                entry.fault = .unreachable(error.systemMessage)
                state.entries.append(entry)
            }
        }
        lookAtAppFile(&state, reads: reads)
        // What could not be looked at for the picture cannot be for what is beside it.
        guard state.unreachable.isEmpty else { return state }
        try lookAtThumbnails(&state, books: places.map(\.book), reads: reads)
        return state
    }

    private func lookAtAppFile(_ state: inout AssetState, reads: Bool) {
        guard state.whole.isEmpty, let file = AppFile(of: state.asset),
            !state.entries.contains(where: { blobs.absolutePath(of: $0.path) == file.path })
        else { return }
        let content = file.content(for: state.asset, reads: reads)
        if case .whole(let size) = content {
            if size != state.asset.size { state.size = size }
            if reads { (state.filesRead, state.bytesRead) = (state.filesRead + 1, state.bytesRead + size) }
        }
        state.appFile = (file, content)
    }

    /// In which books a thumbnail stands, the disk says: one is enough.
    private func lookAtThumbnails(_ state: inout AssetState, books: [String], reads: Bool) throws {
        let asset = state.asset
        let known = try catalog.read { try $0.thumbnails(of: asset.id) }
        state.thumbnailCount = known.count
        for thumbnail in known {
            var broken: [String] = []
            var isWhole = false
            for book in books {
                let path = try blobs.thumbnailPath(thumbnail, of: asset.sha256, book: book)
                guard let status = try blobs.status(of: path), status.kind == .regular else { continue }
                if status.size > 0, try !reads || blobs.isWhole(path, thumbnail.sha256) {
                    isWhole = true
                } else {
                    broken.append(book)
                }
                if reads { state.bytesRead += status.size }
            }
            guard !isWhole || !broken.isEmpty else { continue }
            state.brokenThumbnails.append(
                .init(thumbnail: thumbnail, books: broken, isGone: !isWhole))
        }
    }

    /// Where the entry is, by the layout, whatever the catalog says; where it should be if it is nowhere.
    private func place(of asset: Asset, _ book: String, _ recorded: String?) throws(FileError) -> String? {
        if let recorded, try blobs.status(of: recorded) != nil { return recorded }
        return blobs.find(asset.sha256, books: [book]) ?? recorded
    }

    private func fault(
        of path: String, _ status: FileStatus?, _ asset: Asset, reads: Bool, _ state: inout AssetState
    ) throws(FileError) -> AssetState.Fault? {
        guard let status else { return .missing }
        guard status.kind == .regular else { return .damaged(status.kind.words) }
        guard reads || status.size != asset.size else { return nil }
        if reads {
            state.filesRead += 1
            state.bytesRead += status.size
        }
        if try blobs.isWhole(path, asset.sha256) {
            // The digest is the picture's, and the number only what somebody wrote of it.
            if status.size != asset.size { state.size = status.size }
            if reads { state.isContradicted = try asset.isContradicted(by: blobs.start(of: path)) }
            return nil
        }
        return .damaged(
            status.size == asset.size
                ? "its SHA-256 is another" : "it has \(status.size) bytes, and the picture \(asset.size)")
    }
}
