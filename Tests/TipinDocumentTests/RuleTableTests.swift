import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

/// Holds the built-in rule table against `Fixtures/documents/every-form.json` and `every-field.json`: a row without a
/// line there fails, and so does a line without a row.
struct RuleTableTests {
    private let table: RuleTable
    private let forms: CollectedDocument
    private let fields: CollectedDocument

    init() throws {
        var table = RuleTable.builtIn
        table.nodes.append(RuleTable.link(hosts: ["links.example"]))
        self.table = table
        let collector = DocumentCollector(rules: CompiledRules(table))
        func collected(_ name: String) throws -> CollectedDocument {
            try #require(try collector.collect(Array(Checkout.text("Fixtures/documents/" + name).utf8)))
        }
        forms = try collected("every-form.json")
        fields = try collected("every-field.json")
    }

    private func label(of mention: Mention, in document: CollectedDocument) -> String? {
        document.bytes.withUnsafeBufferPointer { text in
            let owned = NestedText(mention.owned.range, nesting: Int(mention.nesting), of: text)
            return owned.bytes.withUnsafeBufferPointer { piece in
                piece.first == UInt8(ascii: "{") ? MemberReader(piece).string("alt") : nil
            }
        }
    }

    @Test func `each line of the fixtures is the mention that its text says`() {
        for document in [forms, fields] {
            var unlabelled = 0
            for mention in document.mentions {
                guard let label = label(of: mention, in: document) else {
                    unlabelled += 1
                    continue
                }
                #expect(
                    label.prefix { $0 != ":" } == mention.form.rawValue, "\(document.pointer(of: mention)): \(label)")
            }
            let text = String(decoding: document.bytes, as: UTF8.self).replacing("\\\"", with: "\"")
            let lines = text.matches(of: /"alt"\s*:\s*"(?:file-ref|asset-id|data-url|remote-url|local-file|dead):/)
            #expect(lines.count == document.mentions.count - unlabelled)
        }
        #expect(Set(forms.mentions.map(\.form)) == Set(Mention.Form.allCases))
    }

    @Test func `each row has a line with each of its attributes`() {
        var seen: Set<String> = []
        var ids: Set<String> = []
        for mention in forms.mentions where mention.site == .node {
            let details = forms.details(of: mention)
            let type = table.nodes[Int(mention.rule)].type
            if details.address != nil { seen.insert("\(type).\(details.addressName)") }
            if let id = details.idName { ids.insert(id) }
        }
        let expected = Set(table.nodes.flatMap { row in row.addresses.map { "\(row.type).\($0)" } })
        #expect(expected.subtracting(seen).sorted() == [], "rows without a line")
        #expect(seen.subtracting(expected).sorted() == [], "lines without a row")
        #expect(Set(table.nodes.flatMap(\.ids)).symmetricDifference(ids).sorted() == [])
    }

    @Test func `each field and each kind of entity has a line`() {
        let names = fields.mentions.filter { $0.site == .fieldString || $0.site == .fieldObject }
            .map { table.fields[Int($0.rule)].name }
        #expect(Set(names) == Set(table.fields.map(\.name)))
        let addresses = fields.mentions.filter { $0.site == .fieldObject }.map { fields.details(of: $0) }
            .filter { $0.address != nil }.map(\.addressName)
        #expect(Set(addresses) == Set(table.fieldAddresses + ["remoteUrl", "localPath"]))
        let entities = Set(fields.mentions.compactMap { fields.entity(of: $0)?.type })
        #expect(entities == Set(table.collections.map(\.entity)))
    }

    @Test func `rows are told apart by their names`() {
        #expect(Set(table.nodes.map(\.type)).count == table.nodes.count)
        #expect(Set(table.fields.map(\.name)).count == table.fields.count)
        #expect(table.nodes.allSatisfy { !$0.addresses.isEmpty && $0.ids.first == "assetId" })
    }

    @Test(arguments: RuleTable.builtIn.wrappers) func `a wrapper is seen through`(_ name: String) throws {
        let doc = #"{"type":"doc","content":[{"type":"image","attrs":{"src":«"a"»}}]}"#
        #expect(try Collected(#"{"format":"tiptap","version":2,"\#(name)":\#(doc)}"#).forms == [.localFile])
    }

    @Test(arguments: RuleTable.builtIn.contents) func `a content holds nodes`(_ name: String) throws {
        let nodes = #"[{"type":"image","attrs":{"src":«"a"»}}]"#
        #expect(try Collected(#"{"id":"c","\#(name)":\#(nodes)}"#).forms == [.localFile])
    }
}
