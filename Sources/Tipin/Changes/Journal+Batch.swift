internal import TipinAssets
internal import TipinDocument

extension Journal.Batch {
    /// What a window of rewritten files is about to change.
    init(
        _ files: [(DocumentPipeline.Outcome, RecordedChange?)], to destination: Destination, _ workspace: Workspace
    ) throws {
        var assets: Set<NamedAsset> = []
        for (file, change) in files {
            let steps = file.links.compactMap(\.step)
            guard change != nil || !steps.isEmpty else { continue }
            assets.formUnion(file.assets)
            assets.formUnion(file.links.flatMap(\.oldAssets))
            guard var change else {
                let path = destination.path(of: file.rewritten.loaded.file)
                links += steps.map { RecordedLinks($0, ofDocumentAt: path) }
                continue
            }
            change.links = steps.isEmpty ? nil : steps
            if destination.isFolder {
                if change.before != nil {
                    // Of the bytes that are kept: the file itself may be another by now.
                    let collect = Collect(workspace.settings)
                    assets.formUnion(Naming.assets(in: collect.documents(in: change.keptBytes, of: change.file)))
                }
                changes.append(change)
                continue
            }
            let replaced = try file.rewritten.replacedAssets(workspace)
            if !replaced.isEmpty {
                change.needs = replaced
                assets.formUnion(replaced)
            }
            changes.append(change)
        }
        self.assets = assets.sorted { $0.assetID < $1.assetID }
    }
}

extension RewrittenFile {
    /// What its mentions named before, where that was another asset whose bytes are here.
    func replacedAssets(_ workspace: Workspace) throws -> [NamedAsset] {
        let ids = Set(parts.flatMap { $0.rewrite.mentionEdits.compactMap { $0.oldAssetID.map(ByteKey.init) } })
        guard !ids.isEmpty, let catalog = workspace.catalog else { return [] }
        let rows = try catalog.read { try $0.assets(withIDs: ids.map(\.text).sorted()) }
        return rows.filter { workspace.blobs?.findAnywhere($0.sha256) != nil }
            .map { NamedAsset(assetID: $0.id, sha256: $0.sha256) }
    }
}
