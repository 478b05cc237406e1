import Testing
import TipinAssets
import TipinDocument

struct CatalogLinksTests {
    private let test: TestCatalog
    private let document = DocumentMark(book: "b1", kind: "chapter", document: "c1")
    private let other = DocumentMark(book: "b1", kind: "book", document: "b1")
    private let hero = Entity.character("hero")

    init() throws {
        test = try TestCatalog()
        for name in ["a", "b", "c"] { try test.add(name) }
    }

    @discardableResult
    private func write<T: Sendable>(_ body: (CatalogWriter) throws -> T) throws -> T { try test.catalog.write(body) }
    private func read<T: Sendable>(_ body: (CatalogReader) throws -> T) throws -> T { try test.catalog.read(body) }

    private func spec(_ asset: String, _ role: String = "avatar", mark: DocumentMark? = nil) -> LinkSpec {
        LinkSpec(assetID: asset, entity: hero, role: role, mark: mark)
    }

    private func replace(
        _ specs: [LinkSpec], by mark: DocumentMark? = nil, replacingCovers: Bool = false
    ) throws -> LinkChanges {
        try write { try $0.replaceLinks(markedBy: mark ?? document, with: specs, replacingCovers: replacingCovers) }
    }

    private func linked() throws -> [String] {
        try read { try $0.links(of: hero).map { "\($0.assetID):\($0.role)" } }
    }

    @Test func `entities whose ids differ in their bytes alone keep a link each`() throws {
        let composed = LinkSpec(assetID: "a", entity: .character("\u{E9}"), role: "avatar")
        let decomposed = LinkSpec(assetID: "a", entity: .character("e\u{301}"), role: "avatar")
        #expect(try replace([composed, decomposed]).added.count == 2)
        #expect(try replace([composed, decomposed]) == LinkChanges())
        #expect(try read { try $0.links(toAsset: "a").count } == 2)
    }

    @Test func `a new link without a place comes behind the others of its role`() throws {
        for (name, place) in [("a", nil), ("b", 4), ("c", nil)] as [(String, Int?)] {
            try write { try $0.link(LinkSpec(assetID: name, entity: hero, role: "gallery", sortOrder: place)) }
        }
        #expect(try read { try $0.links(of: hero, role: "gallery").map(\.sortOrder) } == [0, 4, 5])
        try write { try $0.link(LinkSpec(assetID: "a", entity: hero, role: "gallery")) }
        #expect(try read { try $0.links(of: hero, role: "gallery").map(\.sortOrder) } == [0, 4, 5])
    }

    @Test func `gives back what was linked`() throws {
        let link = try write {
            try $0.link(
                LinkSpec(
                    assetID: "a", entity: hero, role: "gallery", sortOrder: 3, tags: ["x", "é\""], description: "d"))
        }
        #expect((link.sortOrder, link.tags, link.description) == (3, ["x", "é\""], "d"))
        #expect(try read { try $0.links(toAsset: "a") } == [link])
        #expect(try read { try $0.links(of: hero, role: "gallery") } == [link])
        #expect(try read { try $0.links(of: hero, role: "avatar") } == [])
        #expect(try read { try $0.marks(of: link.id) } == [])
    }

    @Test func `links once, and keeps what a second call does not say`() throws {
        try write { try $0.link(LinkSpec(assetID: "a", entity: hero, role: "map", sortOrder: 3, description: "d")) }
        let second = try write { try $0.link(spec("a", "map")) }
        #expect((second.sortOrder, second.description) == (3, "d"))
        let third = try write { try $0.link(LinkSpec(assetID: "a", entity: hero, role: "map", sortOrder: 1)) }
        #expect((third.sortOrder, third.description, third.id) == (1, "d", second.id))
        #expect(try linked() == ["a:map"])
    }

    @Test func `has one cover for an entity`() throws {
        try write { writer in
            for asset in ["a", "b", "b"] { try writer.link(spec(asset, "cover")) }
            try writer.link(LinkSpec(assetID: "c", entity: .book("b1"), role: "cover"))
        }
        #expect(try linked() == ["b:cover"])
        #expect(try read { try $0.cover(of: hero)?.assetID } == "b")
        #expect(try read { try $0.cover(of: .book("b1"))?.assetID } == "c")
        #expect(try read { try $0.links(toAsset: "a") } == [])
    }

    @Test func `unlinks exactly one`() throws {
        try write { writer in
            for role in ["avatar", "map"] { try writer.link(spec("a", role)) }
            #expect(try writer.unlink(assetID: "a", entity: hero, role: "map"))
            #expect(try !writer.unlink(assetID: "a", entity: hero, role: "map"))
        }
        #expect(try linked() == ["a:avatar"])
    }

    @Test func `replaces a document's own links`() throws {
        let first = try replace([spec("a"), spec("b"), spec("b")])
        #expect(first.added.map(\.assetID) == ["a", "b"])
        let again = try replace([spec("b"), spec("a")])
        #expect(again == LinkChanges())
        let second = try replace([spec("b"), spec("c")])
        #expect((second.added.map(\.assetID), second.removed.map(\.assetID)) == (["c"], ["a"]))
        #expect(try linked() == ["b:avatar", "c:avatar"])
        #expect(try read { try $0.links(markedBy: document).count } == 2)
    }

    @Test func `leaves a link that another document made too`() throws {
        _ = try replace([spec("a")])
        _ = try replace([spec("a")], by: other)
        #expect(try replace([]) == LinkChanges())
        #expect(try linked() == ["a:avatar"])
        #expect(try replace([], by: other).removed.map(\.assetID) == ["a"])
        #expect(try linked() == [])
    }

    @Test func `never drops or changes what somebody linked by hand`() throws {
        let byHand = try write {
            try $0.link(LinkSpec(assetID: "a", entity: hero, role: "avatar", sortOrder: 5, description: "mine"))
        }
        let told = LinkSpec(assetID: "a", entity: hero, role: "avatar", sortOrder: 1, description: "told")
        #expect(try replace([told]) == LinkChanges())
        #expect(try replace([]) == LinkChanges())
        #expect(try read { try $0.links(of: hero) } == [byHand])
    }

    @Test func `keeps what a document linked once somebody links it by hand`() throws {
        _ = try replace([spec("a")])
        try write { try $0.link(spec("a")) }
        #expect(try replace([]) == LinkChanges())
        #expect(try linked() == ["a:avatar"])
    }

    @Test func `lets a document change its own cover`() throws {
        _ = try replace([spec("a", "cover")])
        let changes = try replace([spec("b", "cover")])
        #expect((changes.added.map(\.assetID), changes.removed.map(\.assetID)) == (["b"], ["a"]))
        #expect(changes.contradictions.isEmpty)
        #expect(try linked() == ["b:cover"])
    }

    @Test(arguments: [true, false])
    func `leaves another's cover unless told otherwise`(byHand: Bool) throws {
        try write { try $0.link(spec("a", "cover", mark: byHand ? nil : other)) }
        let standing = try #require(try read { try $0.cover(of: hero) })
        let refused = try replace([spec("b", "cover"), spec("c")])
        #expect(refused.contradictions.map(\.wantedAssetID) == ["b"])
        #expect(refused.contradictions.map(\.standing) == [standing])
        #expect(refused.added.map(\.assetID) == ["c"])
        #expect(try read { try $0.cover(of: hero) } == standing)
        let settled = try replace([spec("b", "cover"), spec("c")], replacingCovers: true)
        #expect((settled.removed, settled.contradictions.count) == ([standing], 0))
        #expect(try linked() == ["c:avatar", "b:cover"])
    }

    @Test func `takes the first of two covers that a document wants`() throws {
        let changes = try replace([spec("a", "cover"), spec("b", "cover")])
        #expect(changes.contradictions.map(\.wantedAssetID) == ["b"])
        #expect(try linked() == ["a:cover"])
    }

    @Test func `moves the links of an asset that is replaced`() throws {
        _ = try replace([spec("a", "cover"), spec("a", "map")])
        try write { try $0.link(LinkSpec(assetID: "b", entity: hero, role: "map", description: "kept")) }
        #expect(try write { try $0.replaceAsset("a", with: "b") } == 2)
        #expect(try linked() == ["b:cover", "b:map"])
        #expect(try read { try $0.links(of: hero, role: "map").map(\.description) } == ["kept"])
        #expect(try read { try $0.links(markedBy: document).map(\.role) } == ["cover"])
        _ = try replace([spec("a", "cover")], replacingCovers: true)
        #expect(try read { try $0.cover(of: hero)?.assetID } == "a")
    }

    @Test func `tells the roles and the description of an asset in a book`() throws {
        try write { writer in
            try writer.addBook(assetID: "a", bookID: "b2", localPath: nil)
            try writer.link(spec("a", "avatar"))
            try writer.link(LinkSpec(assetID: "a", entity: .book("b1"), role: "gallery", description: "first"))
            try writer.link(LinkSpec(assetID: "a", entity: .book("b1"), role: "cover"))
            try writer.link(LinkSpec(assetID: "a", entity: .book("b2"), role: "map"))
            let mark = DocumentMark(book: "b2", kind: "chapter", document: "c9")
            try writer.link(
                LinkSpec(assetID: "a", entity: Entity(type: .chapter, id: "c9"), role: "attachment", mark: mark))
        }
        try read { (reader) throws in
            #expect(try reader.tags(of: "a", inBook: "b1") == ["cover", "avatar", "gallery"])
            #expect(try reader.tags(of: "a", inBook: "b2") == ["attachment", "map"])
            #expect(try reader.description(of: "a", inBook: "b1") == "first")
            #expect(try reader.description(of: "a", inBook: "b2") == nil)
        }
    }
}
