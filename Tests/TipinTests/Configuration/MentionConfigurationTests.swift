import Testing
import Tipin
import TipinDiagnostics
import TipinDocument
import TipinTestSupport

/// A node, attribute, field, role, entity or host is one entry under `mentions`.
struct MentionConfigurationTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private func settings(_ mentions: String, remote: String? = nil) throws -> Settings {
        let remote = remote.map { #""remote": "\#($0)", "# } ?? ""
        try temporary.write("{\(remote)\"mentions\": \(mentions)}", to: "tipin.json")
        return try SettingsResolver(SettingsOverrides(workingFolder: temporary.path)).settings(for: nil)
    }

    private func table(_ mentions: String) throws -> RuleTable { try settings(mentions).rules.table }

    @Test func `a node is one entry`() throws {
        let row = try #require(
            try table(#"{"nodes":[{"type":"photo","addresses":["url","href"],"ids":["mediaId"],"role":"plate"}]}"#)
                .nodes.first)
        #expect(row.type == "photo" && row.addresses == ["url", "href"] && row.ids == ["mediaId"])
        #expect(row.role.rawValue == "plate" && row.content == .picture && row.needsPicture)
    }

    @Test func `what an entry does not say is as built in`() throws {
        let builtIn = try #require(RuleTable.builtIn.nodes.first { $0.type == "divider" })
        let rows = try table(#"{"nodes":[{"type":"divider","addresses":["picture"]}]}"#).nodes
            .filter { $0.type == "divider" }
        #expect(rows.count == 1 && rows.first?.addresses == ["picture"])
        #expect(rows.first?.ids == builtIn.ids && rows.first?.role == .divider && rows.first?.needsPicture == false)
        let clip = try #require(try table(#"{"nodes":[{"type":"clip","content":"video"}]}"#).nodes.first)
        #expect(clip.content == .video && !clip.needsPicture && clip.addresses == ["src"] && clip.ids == ["assetId"])
    }

    @Test func `a node can be taken out`() throws {
        let rows = try table(#"{"nodes":[{"type":"drawio","content":"none"}]}"#).nodes
        #expect(!rows.contains { $0.type == "drawio" } && rows.count == RuleTable.builtIn.nodes.count - 1)
    }

    @Test func `a field, an entity, a wrapper, a content and an attribute are one entry each`() throws {
        let table = try table(
            #"""
            {"fields":[{"name":"emblem","role":"emblem","entity":"faction","mayBeProse":true}],
             "collections":[{"name":"factions","entity":"faction"}],
             "wrappers":["payload"],"contents":["nodes"],"fieldAddresses":["uri"]}
            """#)
        let collector = DocumentCollector(rules: CompiledRules(table))
        let text = #"""
            {"id":"b","factions":[{"id":"f1","emblem":"a.png"},{"id":"f2","emblem":"Seven stars"}],
             "coverImage":{"uri":"https://h/c.png","url":"no"},
             "chapters":[{"id":"c1","payload":{"type":"doc","nodes":[{"type":"image","attrs":{"src":"b.png"}}]}}]}
            """#
        let document = try #require(try collector.collect(Array(text.utf8)))
        #expect(document.kind == .book)
        #expect(
            document.mentions.map { document.pointer(of: $0) } == [
                "/factions/0/emblem", "/coverImage/uri", "/chapters/0/payload/nodes/0/attrs/src",
            ])
        #expect(document.mentions.map { document.role(of: $0).rawValue } == ["emblem", "cover", "attachment"])
        #expect(document.entity(of: document.mentions[0])?.type.rawValue == "faction")
    }

    @Test(
        arguments: [
            (nil, []), ("folder:cdn?base=https://CDN.example/b1", ["cdn.example"]), ("folder:cdn", []),
            ("https://api.example:8443", ["api.example"]),
        ] as [(String?, [String])])
    func `links count at the named hosts and at the remote's own`(remote: String?, own: [String]) throws {
        let rows = try settings(#"{"linkHosts":["Old.example"]}"#, remote: remote).rules.table.nodes
        #expect(rows.last?.type == "link" && rows.last?.hosts == ["old.example"] + own)
        #expect(try settings("{}", remote: remote).rules.table.nodes.last?.type != "link")
    }

    static let faults = [
        (#"{"nodes":[{"addresses":["src"]}]}"#, "1:24", "mentions.nodes.0"),
        (#"{"nodes":[{"type":"a"},{"type":""}]}"#, "1:45", "mentions.nodes.1.type: must not be empty"),
        (#"{"nodes":[{"type":"a","adresses":["url"]}]}"#, "1:36", "no key 'adresses' in mentions.nodes.*"),
        (#"{"nodes":[{"type":"a","addresses":[]}]}"#, "1:48", "mentions.nodes.0.addresses: must name at least one"),
        (#"{"nodes":[{"type":"a","ids":[""]}]}"#, "1:42", "mentions.nodes.0.ids: must not have an empty name"),
        (
            #"{"nodes":[{"type":"a","content":"film"}]}"#, "1:46",
            "content: must be one of picture, video, audio, file, none"
        ),
        (#"{"nodes":[{"type":"a","role":"no blanks"}]}"#, "1:43", "mentions.nodes.0.role: must be a word"),
        (#"{"nodes":[{"type":7}]}"#, "1:32", "mentions.nodes.0.type"),
        (#"{"fields":[{"name":"type","role":"x"}]}"#, "1:33", "'type' means something else already"),
        (#"{"fields":[{"role":"x"}]}"#, "1:25", "mentions.fields.0"),
        (#"{"collections":[{"name":"factions","entity":"ä"}]}"#, "1:58", "mentions.collections.0.entity"),
        (#"{"wrappers":["payload","attrs"]}"#, "1:37", "mentions.wrappers.1: 'attrs' means something else"),
        (#"{"linkHosts":["https://old.example"]}"#, "1:28", "linkHosts.0: must be a host's name alone"),
        (#"{"linkHost":["old.example"]}"#, "1:15", "no key 'linkHost' in mentions"),
        (#"{"fieldAddresses":[]}"#, "1:32", "mentions.fieldAddresses: must name at least one"),
    ]

    @Test(arguments: faults) func `a bad entry is told with its place`(
        _ mentions: String, _ place: String, _ words: String
    ) throws {
        let error = #expect(throws: RunError.self) { try settings(mentions) }
        let problem = try #require(error?.problem)
        #expect(problem.code == .configInvalid)
        let note = try #require(problem.notes.first)
        #expect(note.contains("tipin.json:\(place)'"), "\(note)")
        #expect(note.contains(words), "\(note)")
    }

    @Test func `more rows than fit are told`() throws {
        let rows = (0..<240).map { #"{"type":"n\#($0)"}"# }.joined(separator: ",")
        let error = #expect(throws: RunError.self) { try settings(#"{"nodes":[\#(rows)]}"#) }
        #expect(error?.problem.notes.first?.contains("more than 250 rows") == true)
    }

    @Test func `a configured attribute takes the place of src`() async throws {
        var book = try TestBook()
        try await book.upload([Picture(1), Picture(2)])
        let rules = try table(
            #"{"nodes":[{"type":"photo","addresses":["url"],"ids":["mediaId"]},{"type":"image","addresses":["href"]}]}"#
        )
        book.settings.rules = CompiledRules(rules)
        let nodes = #"{"type":"photo","attrs":{"url":"$data1"}},{"type":"image","attrs":{"assetId":"$id2","src":"x"}}"#
        try book.write(#"{"id":"c1","bookId":"b1","content":[\#(nodes)]}"#)
        #expect(try await book.run(.publish).codes.isEmpty)
        let text = try book.read()
        #expect(text.contains(book.expanded(#"{"type":"photo","attrs":{"url":"$url1","mediaId":"$id1"}}"#)))
        #expect(text.contains(book.expanded(#"{"type":"image","attrs":{"assetId":"$id2","src":"x","href":"$url2"}}"#)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }
}
