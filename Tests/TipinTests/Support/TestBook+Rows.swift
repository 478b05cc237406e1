import GRDB

/// What an app does to the catalog by itself.
extension TestBook {
    func removeRow(of picture: Picture) throws {
        let queue = try DatabaseQueue(path: dataPath + "/catalog.sqlite")
        try queue.write { database in
            try database.execute(sql: "DELETE FROM file_assets WHERE sha256 = ?", arguments: [picture.sha256])
        }
    }
}
