import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct CollectNestedTests {
    @Test(arguments: [
        (
            #"{"content":"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"src\":«\"a\"»}}]}"}"#,
            "/content#/content/0/attrs/src", 1
        ),
        (#"{"content":"[{\"attrs\":{\"src\":«\"a\"»},\"type\":\"image\"}]"}"#, "/content#/0/attrs/src", 1),
        (
            #"{"data":{"body":" {\u0022type\u0022:\"image\",\"attrs\":{\"src\":«\"\\u00e9\"»}}"}}"#,
            "/data/body#/attrs/src", 1
        ),
        (
            #"{"content":"\"[{\\\"type\\\":\\\"image\\\",\\\"attrs\\\":{\\\"src\\\":«\\\"a\\\"»}}]\""}"#,
            "/content##/0/attrs/src", 2
        ),
        (
            #"{"document":"{\"content\":\"[{\\\"type\\\":\\\"image\\\",\\\"attrs\\\":{\\\"src\\\":«\\\"a\\\"»}}]\",\"type\":\"doc\"}"}"#,
            "/document#/content#/0/attrs/src", 2
        ),
    ])
    func `a document in a string is read to any depth`(text: String, pointer: String, nesting: Int) throws {
        let collected = try Collected(text)
        #expect(collected.pointers == [pointer])
        #expect(collected.document.mentions.map(\.nesting) == [UInt16(nesting)])
        #expect(collected.document.mentions.map { collected.document.details(of: $0).address?.isEmpty } == [false])
    }

    @Test func `a string that is no document has no mentions`() throws {
        let object = #"{\"a\":{\"type\":\"image\",\"attrs\":{\"src\":\"x\"}}}"#
        let broken = #"[{\"type\":\"image\",\"attrs\":{\"src\":\"x\"}}"#
        for text in [object, broken, "image", #"\"words\""#] {
            #expect(try Collected(#"{"id":"c","chapters":[],"content":"\#(text)"}"#).forms == [])
        }
    }

    @Test func `a string beside a document is looked into only at known members`() throws {
        let inner = #"[{\"type\":\"image\",\"attrs\":{\"src\":\"x\"}}]"#
        #expect(try Collected(#"{"content":[],"draft":"\#(inner)","text":"\#(inner)"}"#).forms == [])
    }

    /// A chapter with nodes in so many strings. Backslashes stand by number: doubled for each level, they would fill
    /// the memory after thirty.
    private static func chapter(_ levels: Int, _ nodes: String) -> [UInt8] {
        let content = (0..<levels).reduce(nodes) { inner, _ in
            let escaped = inner.replacing("\\", with: #"\u005c"#).replacing("\"", with: #"\u0022"#)
            return "\"\(escaped)\""
        }
        return Array(#"{"id":"c","content":\#(content)}"#.utf8)
    }

    @Test func `strings count as levels, and are followed as deep as a document may be`() throws {
        let collector = DocumentCollector(rules: CompiledRules(.builtIn), depthLimit: 64)
        let nodes = #"[{"type":"image","attrs":{"src":"p.png"}}]"#
        // The chapter, the array, the node and its attributes are levels too.
        let deepest = try #require(try collector.collect(Self.chapter(60, nodes)))
        let mention = try #require(deepest.mentions.first)
        #expect(mention.nesting == 60)
        #expect(deepest.details(of: mention).address == "p.png")
        #expect(deepest.unreadContents == [])
        let deeper = try #require(try collector.collect(Self.chapter(61, nodes)))
        #expect(deeper.mentions.isEmpty)
        #expect(deeper.kind == .chapter)
        let unread = try #require(deeper.unreadContents.first)
        #expect(unread.pointer == "/content" + String(repeating: "#", count: 60))
        #expect(unread.error.reason == .tooDeep(limit: 64))
        for levels in [64, 80] {
            #expect(try collector.collect(Self.chapter(levels, nodes))?.unreadContents.count == 1, "\(levels)")
        }
    }

    @Test func `objects and arrays in a string count with those around it`() throws {
        let collector = DocumentCollector(rules: CompiledRules(.builtIn))
        let quotes = (0..<300).reduce("") { inner, _ in #"{"type":"blockquote","content":[\#(inner)]}"# }
        let document = try #require(try collector.collect(Self.chapter(1, #"{"type":"doc","content":[\#(quotes)]}"#)))
        #expect(document.unreadContents.map(\.error.reason) == [.tooDeep(limit: 512)])
    }

    @Test(
        arguments: [
            (#"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"src\":\"a\"}}]"#, "", .truncated, 62),
            (#" [{\"type\":\"image\",\"attrs\":{\"src\":\"a\"}}] more"#, "", nil, 40),
            (#"[{}, {\"type\":\"image\",\"attrs\":}]"#, "", nil, 29),
            (#"\"{\\\"type\\\":\\\"doc\\\",\\\"content\\\":[\""#, "#", .truncated, 25),
            (#"\"{\\\"type\\\":\\\"doc\\\""#, "", .truncated, 18),
        ] as [(String, String, JSONError.Reason?, Int)])
    func `a document in a string that cannot be read is told of`(
        text: String, pointer: String, reason: JSONError.Reason?, offset: Int
    ) throws {
        for name in ["content", "body"] {
            let collected = try Collected(#"{"id":"b","chapters":[{"id":"c","\#(name)":"\#(text)"}]}"#)
            let unread = try #require(collected.document.unreadContents.first)
            #expect(collected.document.unreadContents.count == 1)
            #expect(unread.pointer == "/chapters/0/\(name)" + pointer)
            #expect(unread.error.offset == offset)
            if let reason { #expect(unread.error.reason == reason) }
        }
        // A file that is no more than that is a chapter all the same, where it calls itself something.
        #expect(try Collected(#"{"id":"c","content":"\#(text)"}"#).document.kind == .chapter)
        #expect(try Collected(#"{"bookId":"b","content":"\#(text)"}"#).document.unreadContents.count == 1)
    }

    @Test(
        arguments: [
            "[1] first note", "{name}, hello", #"\"Hello\", she said"#, #"\""#, "[", "{", #"[\"a\", "#, "{1}", "image",
        ])
    func `words may begin with a bracket or a quotation mark`(text: String) throws {
        let collected = try Collected(#"{"id":"b","chapters":[{"id":"c","content":"\#(text)"}]}"#)
        #expect(collected.document.unreadContents == [])
    }

    @Test func `what stands in a string that is no document is not told of`() throws {
        let inner = #"{\"a\":{\"content\":\"{\\\"type\\\":\"}}"#
        #expect(try Collected(#"{"id":"b","chapters":[],"content":"\#(inner)"}"#).document.unreadContents == [])
    }

    @Test func `HTML where a document is expected is recognised`() throws {
        let html =
            #"<p>One</p>\n<IMG alt='>' width=1 SRC=\"a.png\"><img data-src='no'><img\n  src='b.png'/><img src=c.png>"#
        let collected = try Collected(#"{"id":"c","chapters":[{"content":"\#(html)"},{"content":"a < b"}]}"#)
        #expect(collected.document.htmlContents.map(\.pointer) == ["/chapters/0/content"])
        let images = collected.document.htmlContents.flatMap(\.images)
        #expect(images.map(\.address) == ["a.png", "no", "b.png", "c.png"])
        #expect(images.map(\.name) == ["img src", "img data-src", "img src", "img src"])
        #expect(
            images.map { String(decoding: collected.document.bytes[$0.value.range], as: UTF8.self) }
                == images.map(\.address))
        #expect(collected.forms == [])
    }

    @Test(
        arguments: [
            ("<!-- x --><p>", 0), ("<3 you", nil), ("plain", nil), ("<", nil), (" <div><img></div>", 0), ("</p> >", 0),
        ] as [(String, Int?)])
    func `HTML begins with a tag`(text: String, count: Int?) {
        #expect(HTMLImages.addresses(in: Array(text.utf8))?.count == count)
    }

    @Test(
        arguments: [
            (#"<img srcset="a 1x, b 2x" src=c>"#, ["img srcset=a 1x, b 2x", "img src=c"]),
            (#"<video src="v" poster='p'><source src=s></video>"#, ["video src=v", "video poster=p", "source src=s"]),
            (
                #"<image-component src="1"></image-component><svg><image href="h" xlink:href="x"/></svg>"#,
                ["image-component src=1", "image href=h", "image xlink:href=x"]
            ),
            (
                #"<div style="color:red;background: url( 'b.png' ) no-repeat, url(c.png)">"#,
                ["div style=b.png", "div style=c.png"]
            ),
            (#"<p data-attachment-url="/a/1">"#, ["p data-attachment-url=/a/1"]),
            (#"<!-- <img src="no"> --><script>"<img src=no>"</script><img src=yes>"#, ["img src=yes"]),
            (
                #"<a href="no"><iframe src="no"></iframe><imgs src="no"><b>5 < 6 <img src='yes' src='no'>"#,
                ["img src=yes"]
            ),
            (#"<p></p><img src="cut"#, ["img src=cut"]), ("<img alt=x src=>", []),
            ("<p><img src='a&amp;b'>", ["img src=a&amp;b"]),
            ("<p><!-- <img src=no>", []), ("<img", nil), ("<p style='background:url(a'>", []),
        ] as [(String, [String]?)])
    func `addresses of pictures in HTML are listed`(html: String, addresses: [String]?) {
        let bytes = Array(html.utf8)
        let found = HTMLImages.addresses(in: bytes)?.map {
            "\($0.element) \($0.attribute)=\(String(decoding: bytes[$0.range], as: UTF8.self))"
        }
        #expect(found == addresses)
    }

    @Test func `the lines of NDJSON are documents of their own`() throws {
        let lines = #"""
            {"id":"c1","bookId":"b","content":[{"type":"image","attrs":{"src":«"a"»}}]}
            {"id":"c2","bookId":"b","content":"[{\"type\":\"image\",\"attrs\":{\"src\":«\"b\"»}}]"}
            """#
        let collected = try lines.split(separator: "\n").map { try Collected(String($0)) }
        #expect(collected.map(\.document.bookID) == ["b", "b"])
        #expect(collected.flatMap(\.entities) == ["chapter:c1", "chapter:c2"])
        #expect(collected.map(\.document.manifests.count) == [1, 1])
    }
}
