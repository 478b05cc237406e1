import Testing
import TipinAssets
import TipinDocument

struct CatalogGalleriesTests {
    private let test: TestCatalog
    private let book = Entity.book("b1")

    init() throws {
        test = try TestCatalog()
        for (place, name) in ["a", "b", "c", "d"].enumerated() {
            try test.add(name)
            try test.catalog.write { [book] writer in
                try writer.link(LinkSpec(assetID: name, entity: book, role: "gallery", sortOrder: place))
            }
        }
    }

    private func gallery() throws -> [String] {
        try test.catalog.read { try $0.links(of: book, role: "gallery").map(\.assetID) }
    }

    @Test(arguments: [
        (["d", "c", "b", "a"], ["d", "c", "b", "a"]), (["c"], ["c", "a", "b", "d"]), ([], ["a", "b", "c", "d"]),
        (["d", "b"], ["d", "b", "a", "c"]),
    ])
    func `those named come first, the others as they stood`(named: [String], expected: [String]) throws {
        let ordered = try test.catalog.write { try $0.order(named, of: book, role: "gallery") }
        #expect(ordered?.map(\.assetID) == expected)
        #expect(ordered?.map(\.sortOrder) == [0, 1, 2, 3])
        #expect(try gallery() == expected)
    }

    @Test(arguments: [["x"], ["a", "x"], ["a", "a", "x"]])
    func `what is not linked so changes nothing`(named: [String]) throws {
        #expect(try test.catalog.write { try $0.order(named, of: book, role: "gallery") } == nil)
        #expect(try test.catalog.write { try $0.order(["a"], of: book, role: "cover") } == nil)
        #expect(try gallery() == ["a", "b", "c", "d"])
    }

    @Test(arguments: [Int.max, .max - 1]) func `behind the largest place there is room for more`(place: Int) throws {
        try test.add("last")
        try test.add("new")
        try test.catalog.write { writer in
            try writer.link(LinkSpec(assetID: "last", entity: book, role: "gallery", sortOrder: place))
            #expect(try writer.link(LinkSpec(assetID: "new", entity: book, role: "gallery")).sortOrder == .max)
        }
        #expect(Set(try gallery().suffix(2)) == ["last", "new"])
    }

    @Test func `a replacement takes place, tags and description of what it replaces`() throws {
        try test.add("new")
        try test.catalog.write { writer in
            try writer.link(
                LinkSpec(assetID: "b", entity: book, role: "gallery", tags: ["x"], description: "words"))
            let link = try writer.replaceLink(
                of: "b", with: LinkSpec(assetID: "new", entity: book, role: "gallery", description: "other words"))
            #expect((link.sortOrder, link.tags, link.description) == (1, ["x"], "other words"))
        }
        #expect(try gallery() == ["a", "new", "c", "d"])
        #expect(try test.catalog.read { try $0.links(toAsset: "b") } == [])
    }

    @Test func `replacing what is not linked links the new one, and itself nothing`() throws {
        let cover = LinkSpec(assetID: "a", entity: book, role: "cover")
        try test.catalog.write { try $0.replaceLink(of: "d", with: cover) }
        try test.catalog.write { try $0.replaceLink(of: "a", with: cover) }
        #expect(try test.catalog.read { try $0.links(of: book, role: "cover").map(\.assetID) } == ["a"])
        #expect(try gallery() == ["a", "b", "c", "d"])
    }
}
