import Testing
import TipinAssets

struct CatalogReplacementsTests {
    private let test: TestCatalog

    init() throws {
        test = try TestCatalog()
        for name in ["a", "b", "c", "d"] { try test.add(name) }
    }

    private func digest(_ name: String) -> SHA256Digest { SHA256Digest(of: Array(name.utf8)) }

    private func replace(
        _ old: String, _ new: String, book: String? = nil, _ reason: Replacement.Reason = .replace
    ) throws {
        try test.catalog.write {
            try $0.recordReplacement(
                Replacement(oldSHA256: digest(old), oldAssetID: old, newAssetID: new, book: book, reason: reason))
        }
    }

    private func successor(_ name: String, book: String? = "b1", for reason: Replacement.Reason? = nil) throws
        -> String?
    {
        try test.catalog.read { try $0.successor(of: digest(name), inBook: book, for: reason)?.id }
    }

    @Test func `an asset stands for itself until it is replaced`() throws {
        #expect(try !test.catalog.read { try $0.hasReplacements() })
        #expect(try successor("a") == nil)
        try replace("a", "b")
        #expect(try test.catalog.read { try $0.hasReplacements() })
        #expect(try successor("a") == "b")
        #expect(try successor("b") == nil)
    }

    @Test func `the last of a chain stands for all`() throws {
        try replace("a", "b")
        try replace("b", "c", .restrip)
        #expect(try successor("a") == "c")
        #expect(try test.catalog.read { try $0.predecessors(of: "c").map(\.oldAssetID) } == ["b", "a"])
        #expect(try successor("a", for: .restrip) == nil)
        #expect(try successor("b", for: .restrip) == "c")
    }

    @Test func `what is put back stands for itself again`() throws {
        try replace("a", "b")
        try replace("b", "c")
        try replace("c", "a")
        #expect(try successor("a") == nil)
        #expect(try successor("b") == "a")
        #expect(try successor("c") == "a")
    }

    @Test func `a replacement in one book leaves the others`() throws {
        try replace("a", "b")
        try replace("a", "c", book: "b2")
        #expect(try successor("a", book: "b1") == "b")
        #expect(try successor("a", book: "b2") == "c")
        #expect(try successor("a", book: nil) == "b")
    }

    @Test func `what one book puts back does not lead round in a circle`() throws {
        try replace("a", "b")
        try replace("b", "a", book: "b2")
        #expect(try successor("a", book: "b2") == nil)
        #expect(try successor("b", book: "b2") == "a")
        #expect(try successor("a", book: "b1") == "b")
        #expect(try test.catalog.read { try $0.predecessors(of: "a").map(\.oldAssetID) } == ["b"])
    }

    @Test func `an asset does not replace itself, nor one that is not there`() throws {
        try replace("a", "a")
        try replace("a", "nobody")
        #expect(try !test.catalog.read { try $0.hasReplacements() })
    }

    @Test func `the old one is known when its row is gone, the new one is not`() throws {
        try replace("a", "b")
        try test.catalog.write { _ = try $0.removeUnused("a") }
        #expect(try successor("a") == "b")
        try test.catalog.write { _ = try $0.removeUnused("b") }
        #expect(try successor("a") == nil)
        #expect(try !test.catalog.read { try $0.hasReplacements() })
    }

    @Test func `a replacement is taken back for all books or for one`() throws {
        try replace("a", "b")
        try replace("a", "c", book: "b2")
        #expect(try test.catalog.write { try $0.removeReplacement(of: digest("a"), inBook: "b2") })
        #expect(try successor("a", book: "b2") == "b")
        #expect(try test.catalog.write { try $0.removeReplacement(of: digest("a")) })
        #expect(try successor("a") == nil)
        #expect(try !test.catalog.write { try $0.removeReplacement(of: digest("a")) })
    }
}
