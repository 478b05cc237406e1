import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinJSON
import TipinTestSupport

/// What the asset commands print as JSON has the members that the schemas say.
struct ListSchemaTests {
    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private static func properties(_ schema: String) throws -> [String: Any] {
        let schema = try object(Array(Checkout.text("schemas/\(schema).schema.json").utf8))
        return try #require(schema["properties"] as? [String: Any])
    }

    private static func linkMembers() throws -> [String: Any] {
        let schema = try object(Array(Checkout.text("schemas/asset.schema.json").utf8))
        let link = try #require((schema["$defs"] as? [String: Any])?["link"] as? [String: Any])
        return try #require(link["properties"] as? [String: Any])
    }

    private static func written(_ write: (inout JSONWriter) -> Void) throws -> [String: Any] {
        var writer = JSONWriter()
        write(&writer)
        return try object(writer.bytes)
    }

    private static func cases(_ schema: String, _ member: String) throws -> [String] {
        try #require((try properties(schema)[member] as? [String: Any])?["enum"] as? [String])
    }

    @Test func `an asset and its links`() async throws {
        let book = try TestBook()
        try await book.store([Picture(1)])
        try book.withCatalog { catalog in
            _ = try catalog.write { writer in
                try writer.link(
                    LinkSpec(assetID: Picture(1).id, entity: Entity(type: .book, id: "b1"), role: "cover", mark: nil))
            }
        }
        let workspace = try Workspace(book.settings, host: book.host, access: Access(catalog: .reads))
        defer { workspace.close() }
        let entry = try AssetCatalog(workspace).entry(named: Picture(1).id)
        let written = try Self.written { entry.write(to: &$0) }
        let properties = try Self.properties("asset")
        #expect(Set(written.keys) == Set(properties.keys))
        #expect(((properties["links"] as? [String: Any])?["items"] as? [String: String])?["$ref"] == "#/$defs/link")
        let members = try Self.linkMembers()
        let link = try #require((written["links"] as? [[String: Any]])?.first)
        #expect(Set(link.keys) == Set(members.keys))
    }

    @Test func `clean-up, references and rebooking`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let item = try #require(try await book.later(hours: 25).clean(deletes: false).items.first)
        let cleaned = try Self.written { item.write(to: &$0, isDone: false) }
        #expect(Set(cleaned.keys) == Set(try Self.properties("clean-up").keys))
        #expect(try Self.cases("clean-up", "action") == CleanedItem.Action.allCases.map(\.rawValue))

        let workspace = try Workspace(book.settings, host: book.host, access: Access(catalog: .cleans))
        defer { workspace.close() }
        let asset = try AssetCatalog(workspace).asset(named: Picture(1).id)
        let reference = try #require(try await WhyRun(workspace).run(asset, documents: []).references.first)
        let told = try Self.written { reference.write(asset: asset.id, to: &$0) }
        #expect(Set(told.keys) == Set(try Self.properties("reference").keys))
        #expect(try Self.cases("reference", "kind") == AssetReference.Kind.allCases.map(\.rawValue))

        let result = try RebookRun(workspace).run("b1", as: "b2")
        let rebooked = try Self.written { result.write(from: "b1", to: "b2", &$0) }
        #expect(Set(rebooked.keys) == Set(try Self.properties("rebook").keys))
    }
}
