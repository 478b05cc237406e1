import Foundation
import Testing
import TipinDocument
import TipinTestSupport

/// `schemas/asset.d.ts` says what the schemas say.
struct TypeScriptTypesTests {
    private struct Schema: Decodable {
        struct Member: Decodable { var examples: [String]? }
        struct Part: Decodable {
            struct Reference: Decodable {
                var target: String

                private enum CodingKeys: String, CodingKey { case target = "$ref" }
            }

            var additionalProperties: Reference?
        }

        var required: [String]?
        var properties: [String: Member]
    }

    private struct Parts: Decodable {
        var manifest: Schema.Part
    }

    private struct ChapterSchema: Decodable {
        var parts: [String: Ignored]
        var manifest: Parts

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            parts = try container.decode([String: Ignored].self, forKey: .properties)
            manifest = try container.decode(Parts.self, forKey: .parts)
        }

        private enum CodingKeys: String, CodingKey {
            case properties
            case parts = "$defs"
        }
    }

    private struct Ignored: Decodable {}

    private static func schema<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(try Checkout.text("schemas/\(name)").utf8))
    }

    private static func text() throws -> String {
        try Checkout.text("schemas/asset.d.ts").replacing(/\/\*\*[\s\S]*?\*\//, with: "")
    }

    /// The members of an exported object type; those that may be missing end with `?`.
    private static func members(of type: String) throws -> [String] {
        let body = try #require(
            try text().firstMatch(of: Regex(#"export type \#(type) = \{([\s\S]*?)\n\};"#))?.output[1].substring)
        return body.matches(of: /(?m)^  (\w+\??):/).map { String($0.1) }
    }

    /// The strings of an exported union.
    private static func words(of type: String) throws -> [String] {
        let body = try #require(
            try text().firstMatch(of: Regex(#"export type \#(type) =([\s\S]*?);"#))?.output[1].substring)
        return body.matches(of: /'(\w+)'/).map { String($0.1) }
    }

    @Test func `a FileRef has the members of its schema, and those may be missing that may be there`() throws {
        let schema: Schema = try Self.schema("file-ref.schema.json")
        let expected = schema.properties.keys.map { schema.required?.contains($0) == true ? $0 : $0 + "?" }
        #expect(try Self.members(of: "FileRef").sorted() == expected.sorted())
    }

    @Test func `roles and entities are those that tipin writes`() throws {
        let schema: Schema = try Self.schema("file-ref.schema.json")
        #expect(try Self.words(of: "AssetRole") == schema.properties["role"]?.examples)
        let types: [EntityType] = [.book, .character, .world, .location, .object, .chapter, .divider]
        #expect(try Self.words(of: "EntityType") == types.map(\.rawValue))
    }

    @Test func `a manifest is the member that its schema names, of FileRefs by their ids`() throws {
        let chapter: ChapterSchema = try Self.schema("chapter.schema.json")
        #expect(chapter.parts["fileRefs"] != nil)
        #expect(chapter.manifest.manifest.additionalProperties?.target == "file-ref.schema.json")
        #expect(try Self.text().contains("export type Manifest = Record<string, FileRef>;"))
    }
}
