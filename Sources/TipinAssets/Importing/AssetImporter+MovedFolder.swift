internal import Glibc
internal import TipinFiles

extension AssetImporter {
    /// Mends paths in the catalog that lead nowhere because the data folder was moved: the layout says where in it the
    /// bytes lie. The folder is written down, so that nothing is looked at as long as it stays where it is.
    package func followDataFolder() throws {
        let root = store.root.path
        guard try catalog.read({ try $0.dataFolder() }) != root else { return }
        let moved = try catalog.read { reader in
            var moved: [(id: String, path: String)] = []
            try reader.forEachLocalPath { id, path, relative in
                guard access(path, F_OK) != 0, (try? store.root.status(of: relative))?.kind == .regular else { return }
                moved.append((id, store.absolutePath(of: relative)))
            }
            return moved
        }
        try catalog.write { writer in
            for (id, path) in moved { try writer.setLocalPath(assetID: id, path) }
            try writer.setDataFolder(root)
        }
    }
}
