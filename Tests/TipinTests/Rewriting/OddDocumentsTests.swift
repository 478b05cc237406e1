import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Odd but valid JSON: what is done with it, and what is said.
struct OddDocumentsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        /// `nil` where the document stays as it is.
        var after: String?
        var codes: [String] = []
        /// In the first finding.
        var words = ""
    }

    private static let broken = ["address-dead", "document-not-published"]

    private static func attributes(
        _ description: String, _ before: String, _ after: String? = nil, codes: [String] = [], words: String = ""
    ) -> Case {
        let manifest = "{\(Chapter.entry(1, #","remoteUrl":"$url1""#))}"
        return Case(
            testDescription: description, before: Chapter.text(before),
            after: after.map { Chapter.text($0, manifest: manifest) }, codes: codes, words: words)
    }

    private static func dead(_ description: String, _ attributes: String, _ words: String) -> Case {
        Self.attributes(description, attributes, codes: broken, words: words)
    }

    static let cases = [
        attributes(
            "equal keys: the last counts", #"{"src":"gone.png","src":"$data1"}"#,
            #"{"src":"gone.png","src":"$url1","assetId":"$id1"}"#),
        attributes("an escaped key", #"{"s\u0072c":"$data1"}"#, #"{"s\u0072c":"$url1","assetId":"$id1"}"#),
        attributes(
            "an escaped key that equals a plain one", #"{"src":"gone.png","s\u0072c":"$data1"}"#,
            #"{"src":"gone.png","s\u0072c":"$url1","assetId":"$id1"}"#),
        attributes(
            "an escaped id", #"{"\u0061ssetId":"\u0024id1","src":null}"#.replacing(#"\u0024id1"#, with: "$id1"),
            #"{"\u0061ssetId":"$id1","src":"$url1"}"#),
        attributes(
            "equal ids: the last counts", #"{"assetId":"nobody","assetId":"$id1"}"#,
            #"{"assetId":"nobody","assetId":"$id1","src":"$url1"}"#),
        attributes(
            "an object with an address", #"{"src":{"src":"$data1"}}"#, #"{"src":{"src":"$url1"},"assetId":"$id1"}"#),
        attributes(
            "a lone surrogate beside it", #"{"src":"$data1","alt":"\ud83d\ud83d x"}"#,
            #"{"src":"$url1","alt":"\ud83d\ud83d x","assetId":"$id1"}"#),
        attributes(
            "a lone surrogate in an address beside an id", #"{"assetId":"$id1","src":"blob:\ud83d"}"#,
            #"{"assetId":"$id1","src":"$url1"}"#),
        attributes(
            "a lone surrogate in a file's name", #"{"src":"pictures/\udc00.png"}"#,
            codes: ["asset-missing", "document-not-published"], words: "\u{FFFD}.png"),
        attributes(
            "a lone surrogate in an id", #"{"assetId":"\ud83d"}"#, codes: ["asset-unknown", "document-not-published"],
            words: "half a surrogate pair"),
        dead("a number", #"{"src":42}"#, "a number in the place of the address"),
        dead("an empty string", #"{"src":""}"#, "no address"), dead("white space", #"{"src":" \t"}"#, "empty address"),
        dead("null", #"{"src":null}"#, "no address"), dead("nothing", #"{"alt":"x"}"#, "no address"),
        dead("true", #"{"src":true}"#, "true or false"), dead("an array", #"{"src":["$data1"]}"#, "an array"),
        dead("an object without an address", #"{"src":{"w":1}}"#, "an object without an address"),
        dead("an empty object", #"{"src":{}}"#, "an object without an address"),
        dead("attributes that are null", "null", "no address"),
        Case(
            testDescription: "attributes that are missing",
            before: #"{"id":"c1","bookId":"b1","content":[{"type":"image"}]}"#, codes: broken, words: "no address"),
        Case(
            testDescription: "attributes twice",
            before:
                #"{"id":"c1","bookId":"b1","content":[{"type":"image","attrs":{"src":"no"},"attrs":{"src":"$data1"}}]}"#,
            after:
                #"{"id":"c1","bookId":"b1","content":[{"type":"image","attrs":{"src":"no"},"attrs":{"src":"$url1","assetId":"$id1"}}],"fileRefs":{\#(Chapter.entry(1, #","remoteUrl":"$url1""#))}}"#
        ),
        Case(
            testDescription: "a byte order mark and no final newline",
            before: "\u{FEFF}" + Chapter.line(#"{"src":"$data1"}"#),
            after: "\u{FEFF}"
                + Chapter.line(
                    #"{"src":"$url1","assetId":"$id1"}"#,
                    manifest: "{\(Chapter.entry(1, #","remoteUrl":"$url1""#))}")),
        Case(
            testDescription: "CRLF and tabs",
            before:
                "{\r\n\t\"id\": \"c1\",\r\n\t\"bookId\": \"b1\",\r\n\t\"content\": [\r\n\t\t{\"type\": \"image\", \"attrs\": {\r\n\t\t\t\"src\": \"$data1\"\r\n\t\t}}\r\n\t]\r\n}",
            after:
                "{\r\n\t\"id\": \"c1\",\r\n\t\"bookId\": \"b1\",\r\n\t\"content\": [\r\n\t\t{\"type\": \"image\", \"attrs\": {\r\n\t\t\t\"src\": \"$url1\",\r\n\t\t\t\"assetId\": \"$id1\"\r\n\t\t}}\r\n\t],\r\n\t\"fileRefs\": {\r\n\t\t\"$id1\": {\r\n\t\t\t\"assetId\": \"$id1\",\r\n\t\t\t\"sha256\": \"$sha1\",\r\n\t\t\t\"role\": \"attachment\",\r\n\t\t\t\"mime\": \"image/png\",\r\n\t\t\t\"width\": 3,\r\n\t\t\t\"height\": 2,\r\n\t\t\t\"remoteUrl\": \"$url1\"\r\n\t\t}\r\n\t}\r\n}"
        ),
        Case(
            testDescription: "blanks inside braces and before colons",
            before:
                #"{ "id" : "c1", "bookId" : "b1", "content" : [ { "type" : "image", "attrs" : { "src" : "$data1" } } ] }"#,
            after:
                #"{ "id" : "c1", "bookId" : "b1", "content" : [ { "type" : "image", "attrs" : { "src" : "$url1", "assetId" : "$id1" } } ], "fileRefs" : { "$id1" : { "assetId" : "$id1", "sha256" : "$sha1", "role" : "attachment", "mime" : "image/png", "width" : 3, "height" : 2, "remoteUrl" : "$url1" } } }"#
        ),
    ]

    @Test(arguments: cases) func `is published, or said to be broken`(_ odd: Case) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(odd.before)
        let report = try await book.run(.publish)
        #expect(report.codes == odd.codes)
        #expect(try book.read() == book.expanded(odd.after ?? odd.before))
        let problem = report.diagnostics.first { $0.code != .documentNotPublished }?.problem
        #expect(
            odd.words.isEmpty || problem?.notes.contains { $0.contains(odd.words) } == true, "\(problem?.notes ?? [])")
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    /// Each is a way to write `[{"type":"image","attrs":{"src":"<address>"}}]` into a string.
    static let escapes = [
        (#"[{\"type\":\"image\",\"attrs\":{\"src\":\"SRC\"}}]"#, "/", #"\""#, "as JavaScript does"),
        (#"[{\"type\":\"image\",\"attrs\":{\"src\":\"SRC\"}}]"#, #"\/"#, #"\""#, "as PHP does"),
        (#"[{\"type\":\"image\",\"attrs\":{\"src\":\"SRC\"}}]"#, #"\\\/"#, #"\""#, "as PHP does, twice"),
        (
            #"[{\u0022type\u0022:\u0022image\u0022,\u0022attrs\u0022:{\u0022src\u0022:\u0022SRC\u0022}}]"#, "/",
            #"\u0022"#, "as .NET does"
        ),
        (
            #"[{\u0022type\u0022:\u0022image\u0022,\u0022attrs\u0022:{\u0022src\u0022:\u0022SRC\u0022}}]"#, #"\u002f"#,
            #"\u0022"#, "by number"
        ),
        (
            #"[{\u0022type\u0022:\u0022image\u0022,\u0022attrs\u0022:{\u0022src\u0022:\u0022SRC\u0022}}]"#, #"\u002F"#,
            #"\u0022"#, "by number, in capitals"
        ),
    ]

    @Test(arguments: escapes) func `what stands in a string is escaped as its neighbours are`(
        _ content: String, _ slash: String, _ quote: String, _ name: String
    ) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        func escaped(_ address: String) -> String { book.expanded(address).replacing("/", with: slash) }
        func text(_ content: String, _ more: String = "") -> String {
            #"{"id":"c1","bookId":"b1","content":"\#(content)"\#(more)}"#
        }
        try book.write(text(content.replacing("SRC", with: escaped("$data1"))))
        #expect(try await book.run(.publish).codes.isEmpty)
        let done = content.replacing(
            "SRC\(quote)", with: escaped("$url1") + "\(quote),\(quote)assetId\(quote):\(quote)$id1\(quote)")
        #expect(try book.read().hasPrefix(book.expanded(text(done).dropLast() + #","fileRefs":"#)), "\(name)")
        #expect(try await book.run(.publish).changedDocuments == 0)
    }
}
