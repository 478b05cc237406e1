import Testing
import Tipin
import TipinAssets
import TipinDocument

struct RolesTests {
    static let text = """
        {
          "id": "b1",
          "coverImage": "$data0",
          "gallery": ["$data1", { "url": "$data2" }],
          "chapters": [
            { "id": "c1", "content": { "type": "doc", "content": [
              { "type": "image", "attrs": { "src": "$data3" } },
              { "type": "divider", "attrs": { "src": "$data4" } }
            ] } },
            { "content": { "type": "doc", "content": [{ "type": "image", "attrs": { "src": "$data5" } }] } }
          ],
          "characters": [{ "id": "maud", "avatar": "$data6", "gallery": ["$data7"] }],
          "worlds": [{ "id": "w1", "map": "$data8", "lore": "$data9" }],
          "locations": [{ "id": "l1", "avatar": "$data0" }],
          "objects": [{ "avatar": "$data1" }]
        }
        """

    @Test func `role and entity follow from the place`() async throws {
        let book = try TestBook()
        try book.write(Self.text, to: "book.json")
        let found = try await book.scan().map { mention in
            "\(mention.role.rawValue) \(mention.entity?.type.rawValue ?? "") \(mention.entity?.id ?? "")"
        }
        #expect(
            found == [
                "cover book b1", "gallery book b1", "gallery book b1", "attachment chapter c1", "divider chapter c1",
                "attachment book b1", "avatar character maud", "gallery character maud", "map world w1",
                "lore world w1", "avatar location l1", "avatar book b1",
            ])
    }

    @Test(
        arguments: [
            (EntityType.chapter, "c1", "map", "map"), (.chapter, "c2", "map", "attachment"),
            (.book, "b1", "map", "attachment"),
            (.chapter, "c1", "attachment", "attachment"),
        ])
    func `a new entry of a manifest has the role of the app's link`(
        _ type: EntityType, _ id: String, _ role: String, _ expected: String
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.withCatalog { catalog in
            _ = try catalog.write {
                try $0.link(LinkSpec(assetID: Picture(1).id, entity: Entity(type: type, id: id), role: role))
            }
        }
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        _ = try await book.run(.migrate)
        #expect(try book.read().contains(book.expanded(#""sha256":"$sha1","role":"\#(expected)""#)))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `a gallery's order is its links' order`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","gallery":["$data3","$data1","$data2"]}"#, to: "book.json")
        #expect(try await book.run(.migrate).status == .success)
        let links = try book.withCatalog { catalog in
            try catalog.read { try $0.links(of: Entity(type: .book, id: "b1"), role: "gallery") }
        }
        #expect(links.map(\.assetID) == [3, 1, 2].map { Picture($0).id })
        #expect(links.map(\.sortOrder) == [0, 1, 2])
    }

    @Test func `a record beside its book has its own entity`() async throws {
        let book = try TestBook()
        try book.write(#"{"id":"b1","coverImage":null}"#, to: "book.json")
        try book.write(#"{"id":"maud","avatar":"$data1"}"#, to: "characters/maud.json")
        let mention = try #require(try await book.scan().first)
        #expect(mention.entity == Entity(type: .character, id: "maud"))
    }
}
