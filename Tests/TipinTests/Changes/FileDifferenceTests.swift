import Foundation
import Testing
import TipinJSON
import TipinTestSupport

@testable import Tipin

/// Changes as people and programs see them.
struct FileDifferenceTests {
    private static func difference(_ old: String, _ new: String, isLines: Bool = false) -> FileDifference {
        let bytes = (Array(old.utf8), Array(new.utf8))
        let change = RecordedChange(
            path: "/c1.json", label: "c1.json", kind: isLines ? "lines" : "chapter", before: FileState(of: bytes.0),
            after: FileState(of: bytes.1), edits: [])
        return FileDifference(change, from: bytes.0, to: bytes.1)
    }

    private static func patch(_ old: String, _ new: String) -> String {
        String(decoding: difference(old, new).patches(), as: UTF8.self)
    }

    static let patches: [(String, String, String)] = [
        (#"{"a":1}"#, #"{ "a" : 1 }"#, ""), (#"{"a":"\u0041"}"#, #"{"a":"A"}"#, ""),
        (#"{"a":1}"#, #"{"a":2}"#, #"{"op":"replace","path":"/a","value":2}"#),
        (#"{"a":1.0}"#, #"{"a":1.0,"b":1.50}"#, #"{"op":"add","path":"/b","value":1.50}"#),
        (#"{"a":1,"b":2}"#, #"{"b":2}"#, #"{"op":"remove","path":"/a"}"#),
        (#"{"a/b":{"~":1}}"#, #"{"a/b":{"~":2}}"#, #"{"op":"replace","path":"/a~1b/~0","value":2}"#),
        (#"[1,[2,3]]"#, #"[1,[2,4]]"#, #"{"op":"replace","path":"/1/1","value":4}"#),
        (#"[1]"#, #"[1,2]"#, #"{"op":"replace","path":"","value":[1,2]}"#),
        (#"{"a":1}"#, #"["a"]"#, #"{"op":"replace","path":"","value":["a"]}"#),
        // Of equal keys the last is meant.
        (#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#, ""),
        (#"{"a":1,"a":2}"#, #"{"a":1,"a":3}"#, #"{"op":"replace","path":"/a","value":3}"#),
        (#"{"a":1,"a":2}"#, #"{"a":1}"#, #"{"op":"replace","path":"/a","value":1}"#),
        // A text in a string is one value.
        (#"{"c":"{\"a\":1}"}"#, #"{"c":"{\"a\":2}"}"#, #"{"op":"replace","path":"/c","value":"{\"a\":2}"}"#),
        (#"{"\ud800":1}"#, #"{"\ud800":2}"#, #"{"op":"replace","path":"/\ud800","value":2}"#),
        (
            "{\"a\":{\n  \"b\": 1\n}}", "{\"a\":{\n  \"b\": {\n \"c\": [ 1 ] }\n}}",
            #"{"op":"replace","path":"/a/b","value":{"c":[1]}}"#
        ),
    ]

    @Test(arguments: patches.indices) func `a patch has one operation for each value`(_ index: Int) {
        let (old, new, operation) = Self.patches[index]
        let line = operation.isEmpty ? "" : #"{"file":"c1.json","patch":[\#(operation)]}"# + "\n"
        #expect(Self.patch(old, new) == line)
    }

    @Test func `a file of lines has a patch for each line`() {
        let difference = Self.difference(
            "{\"a\":1}\n{\"a\":2}\n{}\n", "{\"a\":1}\n{\"a\":3}\n{\"b\":0}\n", isLines: true)
        let expected = """
            {"file":"c1.json","line":2,"patch":[{"op":"replace","path":"/a","value":3}]}
            {"file":"c1.json","line":3,"patch":[{"op":"add","path":"/b","value":0}]}

            """
        #expect(String(decoding: difference.patches(), as: UTF8.self) == expected)
    }

    @Test func `a difference shows where each value stands and what it was`() {
        let old = #"{"t":1,"content":{"content":[{"attrs":{"alt":"A","src":"a.png"}}]}}"#
        let new = #"{"t":1,"content":{"content":[{"attrs":{"alt":"A","assetId":"x"}}]},"fileRefs":{"x":{"n":1}}}"#
        let expected = """
            --- c1.json
            +++ c1.json
            @@ /content/content/0/attrs @@
            -src: "a.png"
            +assetId: "x"
            @@ / @@
            +fileRefs: {"x":{"n":1}}

            """
        #expect(Self.difference(old, new).text(isColored: false) == expected)
        #expect(Self.difference(old, new).text(isColored: true).contains("\u{1B}[31m-src: \"a.png\"\u{1B}[0m"))
    }

    @Test func `a difference looks into texts in strings`() {
        let text = Self.difference(#"{"c":"{\"a\":{\"b\":1}}"}"#, #"{"c":"{\"a\":{\"b\":2}}"}"#).text(isColored: false)
        #expect(text.contains("@@ /c#/a @@\n-b: 1\n+b: 2\n"))
    }

    @Test func `a difference shows no secrets and no more than fits`() {
        let data = "data:image/png;base64," + String(repeating: "A", count: 100_000)
        let text = Self.difference(
            #"{"a":"\#(data)","b":"https://u:p@h.example/x?sig=secret","c":"x"}"#,
            #"{"a":1,"b":2,"c":"\#(String(repeating: "y", count: 5000))"}"#
        ).text(isColored: false)
        #expect(!text.contains("secret"))
        #expect(!text.contains("u:p@"))
        #expect(text.contains("-b: \"https://h.example/x?…\""))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 260 })
    }

    @Test func `control characters do not reach the terminal`() {
        let text = Self.difference(#"{"\u001b[2J":1}"#, #"{"\u001b[2J":"\u001b]0;x\u0007"}"#).text(isColored: false)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    // MARK: Another implementation

    private static let hasJSONPatch =
        (try? ChildProcess("/usr/bin/env", ["python3", "-c", "import jsonpatch"]).run()) == 0

    @Test(.enabled(if: hasJSONPatch, "python's jsonpatch is not installed"))
    func `patches that another implementation applies give the rewritten documents`() async throws {
        var book = try TestBook.mixed()
        book.settings.books = ["b1"]
        try book.supplyRandomDocuments()
        for name in ["every-form", "every-field", "nested", "lossless", "windows", "wrapper", "bare-doc"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: Checkout.path("Fixtures/documents/\(name).json")))
            try book.temporary.write(bytes, to: "book/fixtures/\(name).json")
        }
        for seed in 1...200 {
            var document = RandomDocument(seed: UInt64(seed))
            try book.temporary.write(document.make(), to: "book/random/\(seed).json")
        }
        try FileManager.default.copyItem(atPath: book.path, toPath: book.temporary.path + "/before")
        let shown = try await book.shown(.migrate)
        #expect(shown.patches.split(separator: "\n").count > 130)
        try book.temporary.write(shown.patches, to: "patches.ndjson")
        var script = ChildProcess(
            "/usr/bin/env",
            [
                "python3", Checkout.path("Tests/apply-patches.py"), book.path, book.temporary.path + "/before",
                book.temporary.path + "/patches.ndjson",
            ])
        script.output = book.temporary.path + "/said"
        script.errors = script.output
        let status = try script.run()
        let said = String(decoding: try book.temporary.read("said"), as: UTF8.self)
        #expect(status == 0, "\(said)")
        #expect(said.contains("patches give the rewritten documents"))
    }

    @Test func `what is deeper than any call is compared all the same`() {
        let depth = 50_000
        func text(_ value: Int) -> String {
            String(repeating: #"{"a":["#, count: depth) + "\(value)" + String(repeating: "]}", count: depth)
        }
        let difference = Self.difference(text(1), text(2)).text(isColored: false).split(separator: "\n")
        #expect(difference.suffix(2) == ["-0: 1", "+0: 2"])
        #expect(difference.first { $0.hasPrefix("@@ ") }.map { $0.count } == 106)
        #expect(Self.patch(text(1), text(2)).contains(#"/a/0/a/0","value":2}"#))
    }

    @Test func `values are the same however they are laid out, escaped and however deep`() {
        func text(_ value: String) -> [UInt8] {
            Array((String(repeating: "[", count: 3000) + value + String(repeating: "]", count: 3000)).utf8)
        }
        #expect(MemberValues.Value(text(#"{ "\u0061" : "\u0041" }"#)) == MemberValues.Value(text(#"{"a":"A"}"#)))
        #expect(MemberValues.Value(text("[1,2]")) != MemberValues.Value(text("[12]")))
    }
}
