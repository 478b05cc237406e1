import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct CollectTests {
    @Test(
        arguments: [
            (#"{"src":«"https://h/a.png"»}"#, .remoteURL), (#"{"src":«"//h/a.png"»}"#, .remoteURL),
            (#"{"src":«"HTTP:\/\/h"»}"#, .remoteURL), (#"{"src":«"https:\u002f\u002fh"»}"#, .remoteURL),
            (#"{"src":«"data:image/png;base64,AA=="»}"#, .dataURL), (#"{"src":«"DATA:,"»}"#, .dataURL),
            (#"{"src":«"./a.png"»}"#, .localFile), (#"{"src":«"asset://localhost/%2Fa"»}"#, .localFile),
            (#"{"src":«"http://asset.localhost/a"»}"#, .localFile), (#"{"src":«"https://asset.host/a"»}"#, .remoteURL),
            (#"{"src":«"blob:http://h/1"»}"#, .dead), (#"{"src":«"{{COVER}}"»}"#, .dead), (#"{"src":«""»}"#, .dead),
            (#"{"src":«42»}"#, .dead), (#"{"src":{"fallback":"a.png","image":«"https://h"»}}"#, .remoteURL),
            ("«{}»", .dead),
            (#"{"src":{"src":null,"url":«"a"»}}"#, .localFile), (#"{"src":«{"width":1}»}"#, .dead),
            (#"{"attachmentId":«"a1"»,"hash":"h"}"#, .assetID), (#"{"id":"n1","src":«"a"»}"#, .localFile),
            (#"{"src":«"https://h.localhost/x"»}"#, .remoteURL), (#"{"src":«"http://tauri.localhost/a"»}"#, .localFile),
            (#"«{"src":null,"alt":"x"}»"#, .dead), (#"{"src":«"\ud800"»}"#, .localFile),
            (#"{"assetId":«"a1"»}"#, .assetID), (#"{"assetId":«"a1"»,"src":null}"#, .assetID),
            (#"{"assetId":"a1","src":«"https://h"»}"#, .assetID), (#"{"src":"blob:1","assetId":«"a1"»}"#, .assetID),
            (#"{"assetId":"","src":«"https://h"»}"#, .remoteURL), (#"{"assetId":42,"src":«"https://h"»}"#, .remoteURL),
            (#"{"assetId":«"a1"»,"sha256":"ff"}"#, .assetID), (#"{"url":«"https://h"»}"#, .remoteURL),
            (#"{"src":null,"url":«"https://h"»}"#, .remoteURL), (#"{"src":«"a.png"»,"url":"https://h"}"#, .localFile),
            (#"{"src":"one","src":«"https://h"»}"#, .remoteURL),
            (#"{"src":"one","s\u0072c":«"https://h"»}"#, .remoteURL),
            (#"{"\u0073rc":«"https://h"»}"#, .remoteURL), (#"«{"src":"one","src":null}»"#, .dead),
        ] as [(String, Mention.Form)])
    func `an image node's attributes give one mention`(attributes: String, form: Mention.Form) throws {
        for node in [#"{"type":"image","attrs":ATTRS}"#, #"{"attrs" : ATTRS , "x":[1], "type":"im\u0061ge"}"#] {
            let text = #"{"type":"doc","content":[NODE]}"#.replacing("NODE", with: node)
            let collected = try Collected(text.replacing("ATTRS", with: attributes))
            #expect(collected.forms == [form])
            #expect(collected.roles == ["attachment"])
        }
    }

    @Test(arguments: [
        #"«{"type":"image"}»"#, #"«{"type":"image","attrs":null}»"#,
        #"«{"attrs":{"src":"x"},"type":"image","attrs":null}»"#,
        #"«{"type":"image","src":null}»"#, #"«{"type":"image","attrs":[1]}»"#,
    ])
    func `an image node without attributes is a dead mention`(node: String) throws {
        #expect(try Collected(#"{"type":"doc","content":[\#(node)]}"#).forms == [.dead])
        #expect(try Collected("[\(node)]").forms == [.dead])
    }

    @Test(
        arguments: [
            (#"{"type":"image","src":«"https://beside"»}"#, .remoteURL, "src"),
            (#"{"type":"image","assetId":«"a1"»,"src":null,"attrs":null}"#, .assetID, "assetId"),
            (#"{"assetId":"a1","src":«"a"»,"type":"image"}"#, .assetID, "src"),
        ] as [(String, Mention.Form, String)])
    func `a node without attributes may have them beside its type`(
        node: String, form: Mention.Form, name: String
    ) throws {
        let collected = try Collected(#"{"type":"doc","content":[\#(node)]}"#)
        #expect(collected.forms == [form])
        #expect(collected.pointers == ["/content/0/\(name)"])
    }

    @Test func `links are mentions at the hosts that are named`() throws {
        func link(_ href: String, _ more: String = "") -> String {
            #"{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":\#(href)\#(more)}}]}"#
        }
        var rules = RuleTable.builtIn
        rules.nodes.append(RuleTable.link(hosts: ["pics.example"]))
        let marked = [
            link(#"«"https://pics.example/a.png"»"#), link(#"«"//PICS.example:8080/a"»"#),
            link(#"«"https:\/\/me@pics.example"»"#),
        ]
        let silent = [
            link(#""https://example/pics.example/""#), link(#""https://pics.example.evil/""#),
            link(#""pics.example/a""#),
            link("null"), link("42"), link(##""#a""##),
        ]
        let text = "[" + (marked + silent).joined(separator: ",") + "]"
        #expect(try Collected(text, rules: rules).forms == [.remoteURL, .remoteURL, .remoteURL])
        let named = "[" + link(#"«"https://elsewhere"»"#, #","assetId":"a1""#) + "]"
        #expect(try Collected(named, rules: rules).forms == [.assetID])
        #expect(try Collected("[" + silent.joined(separator: ",") + "]").forms == [])
    }

    @Test(arguments: [
        (#"{"type":"figure","content":[]}"#, 0), (#"{"type":"figure","attrs":{"src":«"a.png"»}}"#, 1),
        (#"{"type":"figure","attrs":{"src":""}}"#, 0), (#"{"type":"divider","attrs":{"kind":"stars"}}"#, 0),
        (#"{"type":"divider","attrs":{"image":«"a.png"»}}"#, 1), (#"{"type":"video","attrs":{"src":«"a.mp4"»}}"#, 1),
        (#"{"type":"video","attrs":{"src":""}}"#, 0),
        (#"{"type":"youtube","attrs":{"src":"https://h"}}"#, 0), (#"{"type":"imageUpload"}"#, 0),
        (#"{"type":"embed","attrs":{"src":"https://h","html":"<img src=a>"}}"#, 0),
        (#"{"type":"embed","attrs":{"src":"https://h","thumbnail_url":«"a.png"»}}"#, 1),
        (#"{"type":"mystery","attrs":{"inner":{"type":"image","src":"a"}}}"#, 0),
        (#"{"type":"mystery","attrs":{"list":[{"type":"image","src":«"a"»}]}}"#, 1),
        (#"{"type":"paragraph","attrs":{"src":"a.png"}}"#, 0),
        (#"{"type":"imageResize","props":{"src":«"a.png"»}}"#, 1),
        (#"{"type":"text","text":"{\"type\":\"image\",\"attrs\":{\"src\":\"a\"}}"}"#, 0),
        (#"{"type":"figure","attrs":{"src":«"a"»},"content":[{"type":"image","attrs":{"src":«"b"»}}]}"#, 2),
        (#"{"type":"text","marks":[{"type":"link","attrs":{"href":"https://h/a.png"}}],"text":"x"}"#, 0),
        (#"{"type":"mystery","attrs":{"inner":{"type":"image","attrs":{"src":«"a"»}}}}"#, 1),
    ])
    func `only nodes of the rule table are mentions`(node: String, count: Int) throws {
        #expect(try Collected(#"{"type":"doc","content":[\#(node)]}"#).forms.count == count)
    }

    @Test func `the role of a divider is its own`() throws {
        let collected = try Collected(#"{"type":"doc","content":[{"type":"divider","attrs":{"src":«"a.png"»}}]}"#)
        #expect(collected.roles == ["divider"])
    }

    @Test(
        arguments: [
            (#"{"type":"doc","content":[]}"#, .doc), (#"[{"type":"paragraph"}]"#, .doc), (#"{"content":[]}"#, .chapter),
            (#"{"type":"doc"}"#, .doc), (#"{"content":{"type":"doc"}}"#, .chapter),
            (#"{"id":"c","content":"[{\"type\":\"p\"}]"}"#, .chapter),
            (#"{"content":"{\"type\":\"doc\"}"}"#, .chapter), (#"{"content":"{\"type\":\"doc\","}"#, .chapter),
            (#"{"id":"c","body":"{\"type\":\"doc\","}"#, .chapter), (#"{"chapters":[]}"#, .book),
            (#"{"coverImage":null}"#, .book),
            (#"{"gallery":[]}"#, .book), (#"{"worlds":{}}"#, .book), (#"{"avatar":null}"#, .record),
            (#"{"lore":"x"}"#, .record),
            (#"{"data":{"type":"doc","content":[]}}"#, .doc), (#"{"id":1,"body":{"type":"doc"}}"#, .chapter),
            (#"{"format":"tiptap","json":"{\"type\":\"doc\"}"}"#, .doc), (#"{"type":"image","attrs":{}}"#, .doc),
            (#"{"type":"manuscript","content":[]}"#, .doc), (#"{"coverImage":null,"content":{"type":"doc"}}"#, .book),
        ] as [(String, CollectedDocument.Kind)])
    func `a document's kind shows in its root`(text: String, kind: CollectedDocument.Kind) throws {
        let collector = DocumentCollector(rules: CompiledRules(.builtIn))
        #expect(try collector.collect(Array(text.utf8))?.kind == kind)
    }

    @Test(arguments: [
        "{}", "[]", "1", #""{\"type\":\"doc\"}""#, #"{"content":"words"}"#, #"{"content":42}"#, #"{"name":"package"}"#,
        "[1,2]",
        #"{"content":"{\"a\":1}"}"#, #"{"data":{"type":"user"}}"#,
        #"[[{"type":"p"}]]"#,
        #"{"content":{"type":"doc"},"content":null}"#,
    ])
    func `other JSON is no document`(text: String) throws {
        let collector = DocumentCollector(rules: CompiledRules(.builtIn))
        #expect(try collector.collect(Array(text.utf8)) == nil)
    }

    @Test func `a text that is no JSON is refused with its place`() {
        let collector = DocumentCollector(rules: CompiledRules(.builtIn))
        let error = #expect(throws: JSONError.self) { try collector.collect(Array(#"{"content":[}"#.utf8)) }
        #expect(error?.offset == 12)
    }

    @Test func `ids of documents and books may be numbers`() throws {
        let text = #"{"id":7,"bookId":42,"content":{"type":"doc","content":[{"type":"image","attrs":{"src":«"a"»}}]}}"#
        let collected = try Collected(text)
        #expect(collected.document.id == "7" && collected.document.bookID == "42")
        #expect(collected.entities == ["chapter:7"])
    }

    @Test func `of two members with one key the last counts`() throws {
        let image = #"{"type":"image","attrs":{"src":"gone"}}"#
        let kept = #"{"type":"image","attrs":{"src":«"kept"»}}"#
        for key in ["content", #"c\u006fntent"#] {
            let text =
                #"{"id":"a","content":{"type":"doc","content":[\#(image)]},"\#(key)":{"type":"doc","content":[\#(kept)]}}"#
            #expect(try Collected(text).forms == [.localFile])
        }
        let node = #"{"type":"image","attrs":{"src":"gone"},"attrs":{"src":«"kept"»}}"#
        #expect(try Collected("[\(node)]").forms == [.localFile])
        let book = #"{"id":"b","id":"c","coverImage":"gone","coverImage":«"kept.png"»,"gallery":["gone"],"gallery":[]}"#
        let collected = try Collected(book)
        #expect(collected.document.id == "c")
        #expect(collected.pointers == ["/coverImage"])
    }
}
