import Testing
import TipinAssets
import TipinDocument

/// What a document did to links can be taken back, and nothing else with it.
struct LinkStepTests {
    private let store: TestCatalog
    private static let mark = DocumentMark(book: "b1", kind: "chapter", document: "c1")
    private static let other = DocumentMark(book: "b1", kind: "chapter", document: "c2")
    private static let chapter = Entity(type: .chapter, id: "c1")

    init() throws {
        store = try TestCatalog()
        for name in ["a", "b", "c"] { try store.add(name) }
    }

    private func order(
        _ links: (asset: String, entity: Entity, role: String)..., mark: DocumentMark = mark,
        replacesCovers: Bool = false
    ) -> LinkOrder {
        LinkOrder(
            mark: mark,
            links: links.map { LinkOrder.Link(assetID: $0.asset, entity: $0.entity, role: $0.role, sortOrder: 0) },
            replacesCovers: replacesCovers, removesOthers: true)
    }

    @discardableResult
    private func carryOut(_ order: LinkOrder) throws -> LinkStep {
        try store.catalog.write { try $0.carryOut(order).step }
    }

    /// Every link as `asset entity role marks`.
    private func links() throws -> [String] {
        try store.catalog.read { reader in
            try ["a", "b", "c"].flatMap { asset in
                try reader.links(toAsset: asset).map { link in
                    let marks = try reader.marks(of: link.id).map(\.document).joined(separator: "+")
                    return "\(asset) \(link.entity.id) \(link.role) \(marks)"
                }
            }.sorted()
        }
    }

    @Test func `an order that changes nothing is no step`() throws {
        let order = order(("a", Self.chapter, "attachment"))
        #expect(try !carryOut(order).isEmpty)
        #expect(try carryOut(order).isEmpty)
    }

    @Test func `taking back makes the earlier links again and drops the later`() throws {
        try carryOut(order(("a", Self.chapter, "attachment"), ("b", Self.chapter, "attachment")))
        let before = try links()
        let step = try carryOut(order(("b", Self.chapter, "attachment"), ("c", Self.chapter, "attachment")))
        #expect(step.assetIDs == ["a", "b", "c"])
        let back = try store.catalog.write { try $0.takeBack(step) }
        #expect(try links() == before)
        #expect(back.missing.isEmpty)
        // The way back is a step itself.
        _ = try store.catalog.write { try $0.takeBack(back.step) }
        #expect(try links() == ["b c1 attachment c1", "c c1 attachment c1"])
    }

    @Test func `links of other documents and of the app stay`() throws {
        try store.catalog.write { writer in
            try writer.link(LinkSpec(assetID: "c", entity: Self.chapter, role: "attachment"))
        }
        try carryOut(order(("a", Self.chapter, "attachment"), mark: Self.other))
        let before = try links()
        let step = try carryOut(order(("a", Self.chapter, "attachment"), ("c", Self.chapter, "attachment")))
        #expect(try links() == ["a c1 attachment c1+c2", "c c1 attachment "])
        _ = try store.catalog.write { try $0.takeBack(step) }
        #expect(try links() == before)
    }

    @Test func `a cover that had to go comes back, unless another was chosen since`() throws {
        try store.catalog.write { writer in
            try writer.link(LinkSpec(assetID: "a", entity: .book("b1"), role: "cover"))
        }
        let step = try carryOut(order(("b", .book("b1"), "cover"), replacesCovers: true))
        #expect(step.displaced.map(\.assetID) == ["a"])
        let back = try store.catalog.write { try $0.takeBack(step) }
        #expect(try links() == ["a b1 cover "])
        _ = try store.catalog.write { try $0.takeBack(back.step) }
        try store.catalog.write { writer in
            try writer.link(LinkSpec(assetID: "c", entity: .book("b1"), role: "cover"))
        }
        _ = try store.catalog.write { try $0.takeBack(step) }
        #expect(try links() == ["c b1 cover "])
    }

    @Test func `a link whose asset is gone is named`() throws {
        try carryOut(order(("a", Self.chapter, "attachment")))
        let step = try carryOut(order(("b", Self.chapter, "attachment")))
        _ = try store.catalog.write { try $0.removeUnused("a") }
        let back = try store.catalog.write { try $0.takeBack(step) }
        #expect(back.missing.map(\.assetID) == ["a"])
        #expect(try links() == [])
    }

    /// Documents that share links with one another and with the app, some of which had links before.
    private func manySteps() throws -> [LinkStep] {
        try store.catalog.write { writer in
            try writer.link(LinkSpec(assetID: "c", entity: Self.chapter, role: "attachment"))
        }
        let spellings = ["caf\u{E9}", "cafe\u{301}"]
        let marks =
            (0..<20).map { DocumentMark(book: "b1", kind: "chapter", document: "d\"\\é\($0)") }
            + spellings.map { DocumentMark(book: $0, kind: "chapter", document: "c1") }
            + spellings.map { DocumentMark(book: "b1", kind: "chapter", document: $0) }
        try carryOut(order(("b", Self.chapter, "avatar"), mark: marks[7]))
        try carryOut(order(("b", Self.chapter, "avatar"), mark: Self.other))
        var steps = try marks.enumerated().map { number, mark in
            try carryOut(
                order(
                    ("a", Self.chapter, "attachment"), ("c", Self.chapter, "attachment"),
                    ("b", Entity(type: .chapter, id: "e\(number % 3)"), "gallery"), mark: mark))
        }
        steps.append(try carryOut(order(("a", .book("b1"), "cover"), mark: Self.mark, replacesCovers: true)))
        let zero = DocumentMark(book: "b1", kind: "chapter", document: "a\0b")
        steps.append(try carryOut(order(("b", Self.chapter, "map"), mark: zero)))
        return steps + [steps[0]]
    }

    @Test func `many are taken back together as they are one by one`() throws {
        let before = try links()
        let steps = try manySteps()
        let after = try links()
        let alone = try store.catalog.write { writer in try steps.map { try writer.takeBack($0) } }
        let standing = try links()
        #expect(standing == before + ["b c1 avatar c2+d\"\\é7", "c c1 attachment "].sorted())
        // Forwards again, the last first, so that the others can be taken back together.
        for step in alone.map(\.step).reversed() where !step.isEmpty {
            try store.catalog.write { _ = try $0.takeBack(step) }
        }
        #expect(try links() == after)
        let together = try store.catalog.write { try $0.takeBack(steps) }
        #expect(try links() == standing)
        #expect(together.steps == alone.map(\.step).filter { !$0.isEmpty })
        #expect(together.missing.isEmpty)
    }
}
