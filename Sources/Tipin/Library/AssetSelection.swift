internal import TipinAssets

/// The assets that a command is to work on.
struct AssetSelection {
    let workspace: Workspace

    init(_ workspace: Workspace) { self.workspace = workspace }

    /// - Parameter names: ids, digests or beginnings of one, in their order; all assets of the books that are worked on
    ///   where empty.
    /// - Throws: `AssetQueryError` where a name means no asset, or several.
    func assets(named names: [String]) throws -> [Asset] {
        let store = try AssetCatalog(workspace)
        guard names.isEmpty else {
            var seen: Set<String> = []
            return try names.map { try store.asset(named: $0) }.filter { seen.insert($0.id).inserted }
        }
        guard let catalog = workspace.catalog else { return [] }
        let books = workspace.settings.books
        return try catalog.read { reader in
            guard !books.isEmpty else { return try reader.assets() }
            var seen: Set<String> = []
            return try books.flatMap { try reader.assets(AssetFilter(book: $0)) }
                .filter { seen.insert($0.id).inserted }
        }
    }
}
