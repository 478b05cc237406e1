import Testing
import TipinAssets
import TipinFiles
import TipinTestSupport

/// What runs and plans keep from clean-up.
struct KeptAssetsTests {
    private let store: TestCatalog
    private let folder: DataFolder

    init() throws {
        store = try TestCatalog()
        folder = try DataFolder(path: store.folder.path + "/data", creates: true, clock: store.time.clock)
    }

    private func kept() throws -> KeptAssets { try store.catalog.read { try KeptAssets(folder, $0) } }

    private func digest(_ name: String) -> SHA256Digest { SHA256Digest(of: Array(name.utf8)) }

    private func writeJournal(_ lines: String..., run: String = "20260131-080910123-3f2a") throws {
        let text = (["{\"run\":{\"id\":\"\(run)\"}}"] + lines).map { $0 + "\n" }.joined()
        try store.folder.write(text, to: "data/runs/\(run).ndjson")
    }

    private func assets(_ names: String...) -> String {
        let list = names.map { "{\"assetId\":\"\($0)\",\"sha256\":\"\(digest($0))\"}" }.joined(separator: ",")
        return "{\"assets\":[\(list)]}"
    }

    @Test func `without runs and plans nothing is kept`() throws {
        #expect(try kept().ids.isEmpty)
        #expect(try kept().keepers(of: "a", digest("a")) == [])
    }

    @Test func `what a journal names is kept, by id and by digest`() throws {
        try writeJournal(assets("a", "b"), #"{"links":{}}"#, assets("c"))
        let kept = try kept()
        #expect(kept.ids == ["a", "b", "c"])
        #expect(kept.digests == [digest("a"), digest("b"), digest("c")])
        #expect(kept.keepers(of: "renamed", digest("c")) == [.run("20260131-080910123-3f2a")])
        #expect(kept.keepers(of: "d", digest("d")) == [])
    }

    @Test func `a journal's last line without an end was never relied on`() throws {
        try store.folder.write(assets("a") + "\n" + assets("b"), to: "data/runs/20260131-080910123-0000.ndjson")
        #expect(try kept().ids == ["a"])
    }

    @Test func `a journal that cannot be read ends it all`() throws {
        try writeJournal(#"{"assets":[{"assetId":"a","sha256":"none"}]}"#)
        #expect(throws: (any Error).self) { try kept() }
    }

    @Test func `a run that was forgotten keeps nothing`() throws {
        try writeJournal(assets("a"))
        let runs = RunFolder(folder)
        #expect(try runs.runs() == ["20260131-080910123-3f2a"])
        try runs.remove("20260131-080910123-3f2a")
        #expect(try kept().ids.isEmpty)
    }

    @Test func `a plan keeps what it names until it is applied or 90 days old`() throws {
        try store.add("a")
        try store.catalog.write { try $0.recordPlan("p1", assetIDs: ["a"]) }
        #expect(try kept().keepers(of: "a", digest("a")) == [.plan("p1")])
        store.time.advance(milliseconds: RunFolder.lifetime - 1)
        #expect(try kept().ids == ["a"])
        store.time.advance(milliseconds: 2)
        #expect(try kept().ids.isEmpty)
        try store.catalog.write { try $0.recordPlan("p2", assetIDs: ["a"]) }
        #expect(try kept().ids == ["a"])
        try store.catalog.write { try $0.removePlan("p2") }
        #expect(try kept().ids.isEmpty)
    }
}
