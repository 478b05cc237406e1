import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What users of similar tools report: the wrong picture, damaged neighbours, forms that were missed.
struct FamiliarPainsTests {
    private static func image(_ address: String, _ more: String = "") -> String {
        #"{"type":"image","attrs":{"src":"\#(address)"\#(more)}}"#
    }

    private static func done(_ number: Int, _ more: String = "") -> String {
        #"{"type":"image","attrs":{"src":"$url\#(number)"\#(more),"assetId":"$id\#(number)"}}"#
    }

    /// A book with three pictures at the remote, and a folder of what an old host served.
    private func book() async throws -> TestBook {
        var book = try TestBook()
        try await book.upload([Picture(1), Picture(2), Picture(3)])
        book.settings.mediaRoot = book.temporary.path + "/media"
        for (name, picture) in [("a", 1), ("a.png", 2), ("a.png?v=2", 3)] {
            try book.temporary.write(Picture(picture).bytes, to: "media/old.example/" + name)
        }
        return book
    }

    private func chapter(_ nodes: String) -> String { #"{"id":"c1","bookId":"b1","content":[\#(nodes)]"# }

    /// Publishes the nodes and expects others in their place.
    private func expect(
        _ nodes: String, _ expected: String, codes: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let book = try await book()
        try book.write(chapter(nodes) + "}")
        #expect(try await book.run(.publish).codes == codes, sourceLocation: sourceLocation)
        let text = try book.read()
        #expect(text.hasPrefix(book.expanded(chapter(expected))), "\(text)", sourceLocation: sourceLocation)
        #expect(try await book.run(.publish).changedDocuments == 0, sourceLocation: sourceLocation)
    }

    @Test func `addresses that begin alike are different pictures`() async throws {
        let urls = ["https://old.example/a", "https://old.example/a.png", "https://old.example/a.png?v=2"]
        let prose = #"{"type":"text","text":"see \#(urls[0]) and \#(urls[1])"}"#
        let link = #"{"type":"text","marks":[{"type":"link","attrs":{"href":"\#(urls[1])"}}],"text":"x"}"#
        try await expect(
            (urls.map { Self.image($0) } + [prose, link]).joined(separator: ","),
            ([Self.done(1), Self.done(2), Self.done(3)] + [prose, link]).joined(separator: ","))
    }

    @Test func `one picture in several places is one entry`() async throws {
        let book = try await book()
        let nodes = [Self.image("$data1"), Self.image("https://old.example/a"), Self.image("$data1", #","title":"T""#)]
        try book.write(chapter(nodes.joined(separator: ",")) + "}")
        #expect(try await book.run(.publish).codes.isEmpty)
        let text = try book.read()
        #expect(
            text.hasPrefix(
                book.expanded(
                    chapter([Self.done(1), Self.done(1), Self.done(1, #","title":"T""#)].joined(separator: ",")))))
        #expect(text.hasSuffix(book.expanded(#","fileRefs":{\#(Chapter.entry(1, #","remoteUrl":"$url1""#))}}"#)))
    }

    static let places = [
        (
            #"{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":1},"content":["#,
            "]}]}]}"
        ),
        (#"{"type":"bulletList","content":[{"type":"listItem","content":["#, "]}]}"),
        (#"{"type":"taskList","content":[{"type":"taskItem","attrs":{"checked":true},"content":["#, "]}]}"),
        (#"{"type":"blockquote","content":[{"type":"blockquote","content":["#, "]}]}"),
        (#"{"type":"paragraph","content":[{"type":"text","text":"inline "},"#, "]}"),
        (#"{"type":"some_unknown-node","zzz":1.0,"content":["#, #"],"attrs":{"x":{"y":[1e2]}}}"#),
        (#"{"type":"columns","attrs":{"slots":[{"content":["#, "]}]}}"),
        (#"{"type":"blockGroup","children":[{"type":"blockContainer","content":["#, "]}]}"),
        (#"{"type":"mystery","attrs":{"doc":{"type":"doc","content":["#, "]}}}"),
    ]

    @Test(arguments: places) func `a picture is found wherever nodes stand`(_ before: String, _ after: String)
        async throws
    {
        try await expect(before + Self.image("$data1") + after, before + Self.done(1) + after)
    }

    static let kept = [
        #","alt":"A \"quoted\"  alt \u00e9 \ud83d","title":"T t""#, #","width":"50%","height":1.0,"align":null"#,
        #","caption":"https://old.example/a","data-src":"https://old.example/a","style":"background:url(a.png)""#,
        #","marks":[{"type":"link","attrs":{"href":"https://old.example/a.png"}}]"#,
        #","meta":{"big":12345678901234567890,"e":1E+2,"src":"https://old.example/a"}"#,
    ]

    @Test(arguments: kept) func `titles, texts and all else stay`(_ attributes: String) async throws {
        try await expect(Self.image("$data1", attributes), Self.done(1, attributes))
    }

    @Test(arguments: [
        (#"https:\/\/old.example\/a.png"#, #"\/"#), (#"https:\u002f\u002fold.example\u002fa.png"#, #"\u002f"#),
        ("https://old.example/a.png", "/"), (#"\u0068ttps:\/\/old.example\/a.png"#, #"\/"#),
    ])
    func `escaped slashes are read and stay escaped`(_ address: String, _ slash: String) async throws {
        let book = try await book()
        try book.write(chapter(Self.image(address)) + "}")
        #expect(try await book.run(.publish).codes.isEmpty)
        let url = book.expanded("$url2").replacing("/", with: slash)
        #expect(
            try book.read().hasPrefix(
                chapter(#"{"type":"image","attrs":{"src":"\#(url)","assetId":"\#(Picture(2).id)"}}"#)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test(arguments: [
        #"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' fill='#f00'><path d='M0 0'/></svg>"#,
        #"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cuse href='#a'/%3E%3C/svg%3E"#,
    ])
    func `a hash in a data: SVG damages nothing`(_ address: String) async throws {
        let book = try await book()
        let text = chapter(Self.image(address)) + "}"
        try book.write(text)
        let report = try await book.run(.publish)
        #expect(report.codes == ["document-not-published", "svg-refused"])
        #expect(try book.read() == text)
    }

    @Test func `one bad picture does not keep the others from being rewritten`() async throws {
        let book = try await book()
        try book.write(chapter([Self.image("gone.png"), Self.image("$data1")].joined(separator: ",")) + "}")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-missing"] && report.changedDocuments == 1)
        #expect(
            try book.read().hasPrefix(
                book.expanded(chapter([Self.image("gone.png"), Self.done(1)].joined(separator: ",")))))
    }
}
