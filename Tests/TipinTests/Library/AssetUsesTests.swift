import Testing
import TipinAssets
import TipinTestSupport

@testable import Tipin

/// Uses are told to the catalog many at a time, and none is forgotten.
struct AssetUsesTests {
    private let folder: TemporaryFolder
    private let catalog: Catalog
    private static let batch = AssetUses.batch
    private static let names = (0..<batch + 88).map { "a\($0)" }

    init() throws {
        folder = try TemporaryFolder()
        catalog = try Catalog(path: folder.path + "/catalog.sqlite", mode: .create)
        try catalog.write { writer in
            for name in Self.names {
                let digest = SHA256Digest(of: Array(name.utf8))
                try writer.insert(NewAsset(id: name, sha256: digest, ext: "png", mime: "image/png", size: 7))
            }
        }
    }

    private func told() throws -> Set<String> {
        try catalog.read { reader in try Set(Self.names.filter { try reader.lastAccess(of: $0) != nil }) }
    }

    @Test func `a full batch is told at once, the rest at the end`() throws {
        let uses = AssetUses(catalog)
        for name in Self.names.prefix(Self.batch - 1) { uses.note(name) }
        // One that is used again is one use.
        uses.note(Self.names[0])
        #expect(try told() == [])
        uses.note(Self.names[Self.batch - 1])
        #expect(try told() == Set(Self.names.prefix(Self.batch)))
        for name in Self.names.dropFirst(Self.batch) { uses.note(name) }
        #expect(try told().count == Self.batch)
        uses.flush()
        #expect(try told() == Set(Self.names))
    }

    @Test func `uses on several threads are all told`() async throws {
        let uses = AssetUses(catalog)
        await withTaskGroup(of: Void.self) { group in
            for part in 0..<4 {
                group.addTask {
                    for number in stride(from: part, to: Self.names.count, by: 4) { uses.note(Self.names[number]) }
                }
            }
        }
        uses.flush()
        #expect(try told() == Set(Self.names))
    }
}
