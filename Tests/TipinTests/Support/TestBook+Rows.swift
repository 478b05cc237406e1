import Foundation
import GRDB

/// What apps and older versions do to the catalog by themselves.
extension TestBook {
    func removeRow(of picture: Picture) throws {
        try execute("DELETE FROM file_assets WHERE sha256 = ?", [picture.sha256])
    }

    /// Forgets what decoding told of a picture.
    func loseFacts(of picture: Picture) throws {
        try execute(
            "DELETE FROM tipin_asset_facts WHERE asset_id IN (SELECT id FROM file_assets WHERE sha256 = ?)",
            [picture.sha256])
    }

    /// Leaves a picture the row that an app would have made: it says neither where the bytes are nor whose they are.
    func losePlaces(of picture: Picture) throws {
        try execute("UPDATE file_assets SET local_path = NULL WHERE sha256 = ?", [picture.sha256])
        try execute(
            "DELETE FROM tipin_books WHERE asset_id IN (SELECT id FROM file_assets WHERE sha256 = ?)", [picture.sha256])
    }

    /// Gives the only asset an id of an app's.
    func renameAsset(to id: String) throws {
        try execute("UPDATE file_assets SET id = ?", [id])
        for table in ["asset_facts", "sources", "books", "access"] {
            try execute("UPDATE tipin_\(table) SET asset_id = ?", [id])
        }
    }

    func forgetRebookings() throws { try execute("DELETE FROM tipin_store WHERE name LIKE 'rebooked %'") }

    /// Leaves the catalog as a program does that is killed while it changes something.
    func leaveChangeUnfinished() throws {
        let path = dataPath + "/catalog.sqlite"
        let names = ["", "-journal"]
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            // Else the journal counts only from its first sync on.
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try database.execute(sql: "BEGIN IMMEDIATE; UPDATE file_assets SET updated_at = created_at || ' later'")
            for name in names {
                try FileManager.default.copyItem(atPath: path + name, toPath: path + ".copy" + name)
            }
            try database.execute(sql: "ROLLBACK")
        }
        try queue.close()
        for name in names {
            if FileManager.default.fileExists(atPath: path + name) {
                try FileManager.default.removeItem(atPath: path + name)
            }
            try FileManager.default.moveItem(atPath: path + ".copy" + name, toPath: path + name)
        }
    }

    func execute(_ sql: String) throws { try execute(sql, []) }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        let queue = try DatabaseQueue(path: dataPath + "/catalog.sqlite")
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }
}
