import Foundation
import GRDB
import Testing
import TipinAssets
import TipinTestSupport

struct MovedFolderTests {
    @Test func `paths follow a data folder that was moved, and others stay`() async throws {
        let shop = try Workshop()
        try shop.importer.followDataFolder()
        let here = try await shop.add(Pictures.png("here")).asset
        let gone = try await shop.add(Pictures.png("gone")).asset
        try FileManager.default.removeItem(atPath: try #require(gone.localPath))
        let elsewhere = shop.temporary.path + "/elsewhere"
        try FileManager.default.moveItem(atPath: shop.folder.path, toPath: elsewhere)

        let folder = try DataFolder(path: elsewhere, creates: true)
        let catalog = try Catalog(path: elsewhere + "/catalog.sqlite", mode: .existing)
        let importer = AssetImporter(catalog: catalog, folder: folder, images: nil, limits: ImportLimits())
        try importer.followDataFolder()
        let paths = try catalog.read { reader in
            try [here.id, gone.id].map { try reader.asset(id: $0)?.localPath }
        }
        let moved = here.localPath?.replacing(shop.folder.path, with: elsewhere)
        #expect(paths == [moved, gone.localPath])
        #expect(FileManager.default.fileExists(atPath: moved ?? ""))
        let time = try catalog.read { try $0.asset(id: here.id)?.updatedAt }
        try importer.followDataFolder()
        #expect(try catalog.read { try $0.asset(id: here.id)?.updatedAt } == time)
    }

    @Test func `a row that an app made is mended by the layout`() async throws {
        let shop = try Workshop()
        let asset = try await shop.add(Pictures.png("app")).asset
        // As an app left it on another machine: no line of ours, and a path of that machine.
        let queue = try DatabaseQueue(path: shop.catalog.path)
        try await queue.write { database in
            try database.execute(sql: "DELETE FROM tipin_books")
            try database.execute(
                sql: "UPDATE file_assets SET local_path = ?",
                arguments: ["C:\\Users\\Ann\\books\\b1\\files\\\(asset.sha256)\\original.png"])
        }
        try shop.importer.followDataFolder()
        #expect(try shop.catalog.read { try $0.asset(id: asset.id)?.localPath } == asset.localPath)
    }
}
