import Testing
import TipinTestSupport

@testable import TipinJSON

/// The check of every rewrite against bugs of our own: each row is one.
struct TokenComparisonTests {
    /// What the check says of a text in which what stands between marks was replaced, each by the next replacement.
    private func fault(
        _ marked: String, _ replacements: [String], nesting: Int = 0, made output: String? = nil
    ) -> TokenComparison.Fault? {
        let text = MarkedText(marked)
        let edits = zip(text.ranges, replacements).map { Edit($0, Array($1.utf8), nesting: nesting) }
        return fault(edits, text.bytes, output.map { Array($0.utf8) } ?? edits.applied(to: text.bytes))
    }

    private func fault(_ edits: [Edit], _ input: [UInt8], _ output: [UInt8]) -> TokenComparison.Fault? {
        input.withUnsafeBufferPointer { input in
            output.withUnsafeBufferPointer { output in
                do throws(TokenComparison.Fault) {
                    try TokenComparison.check(edits, from: input, to: output, depthLimit: 16)
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    private struct Name: Equatable {
        let text: String

        init(_ fault: TokenComparison.Fault?) {
            text =
                switch fault {
                case nil: "none"
                case .notJSON: "not JSON"
                case .bytesDiffer: "bytes differ"
                case .tokenCut: "token cut"
                case .unbalanced: "unbalanced"
                }
        }
    }

    @Test(arguments: [
        (#"{"src":«"a"»,"b":1}"#, [#""x""#]), (#"{"a":1«»}"#, [#","b":2"#]), (#"{«"a":1,»"b":2}"#, [""]),
        (#"[«1»,«[2,{"x":"]"}]»]"#, ["22", "0"]), (#"{"a":"b"«»}"#, [#","fileRefs":{"i":{"s":"}"}}"#]),
        (#"{« »}"#, [#""a":1"#]), (#"[1«»«»]"#, [",2", ",3"]), ("[1]« »", ["\n"]), ("[«\"a\\\"b\"»]", ["\"c\""]),
    ])
    func `takes what edits are for`(text: String, replacements: [String]) {
        #expect(fault(text, replacements) == nil)
    }

    @Test(arguments: [
        // One byte too far to the left, to the right, and both.
        (#"{"src":«"a»","b":1}"#, [#""x""#], "not JSON"), (#"{"src"«:"a"»,"b":1}"#, [#""x""#], "not JSON"),
        (#"{"src":«"a",»"b":1}"#, [#""x""#], "not JSON"), (#"{"a":1«2»,"b":1}"#, ["3"], "token cut"),
        (#"{"a":«1»2,"b":1}"#, ["3"], "token cut"), (#"[1«2»]"#, [",3"], "token cut"),

        (#"[«1»2]"#, ["3,"], "token cut"),
        (#"[tr«»ue]"#, [","], "not JSON"), (#"["a«b»"]"#, ["c"], "token cut"), (#"["«»"]"#, ["c"], "token cut"),
        // A wrong escape.
        (#"{"a":«"x"»}"#, [#""C:\x""#], "not JSON"), (#"{"a":«"x"»}"#, [#""a"b""#], "not JSON"),
        (#"{"a":«"x"»}"#, [#""x\""#], "not JSON"), (#"{"a":«"x"»,"b":"y"}"#, [#""x\""#], "not JSON"),
        // A comma too few or too many.
        (#"{"a":1«»}"#, [#" "b":2"#], "not JSON"), (#"{"a":1«,"b":2»,"c":3}"#, [","], "not JSON"),
        (#"{"a":1,«"b":2»}"#, [""], "not JSON"), (#"[1«»,2]"#, ["0"], "token cut"),
        // Structure that goes elsewhere.
        (#"{"a":[1«],"b":[»2]}"#, [","], "unbalanced"), (#"[[1«»],[2]]"#, ["],["], "unbalanced"),
        (#"{"a":{«»"b":1«}»}"#, [#""c":{"#, "}}"], "unbalanced"),
    ])
    func `finds a planted bug`(text: String, replacements: [String], expected: String) {
        #expect(Name(fault(text, replacements)).text == expected)
    }

    @Test(arguments: [
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#"\"b\\\"c\""#]), (#"["[1«»]"]"#, [",2"]),
        (#"["{\"a\":1«,\"b\":2»,\"c\":\"\\u00e9\"}",1]"#, [""]),
    ])
    func `looks into a JSON text in a string`(text: String, replacements: [String]) {
        #expect(fault(text, replacements, nesting: 1) == nil)
    }

    @Test(arguments: [
        // An escape too few makes other JSON of it, or none.
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#"\"b"c\""#], 1, "not JSON"),
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#"\"b\"c\""#], 1, "not JSON"),
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#""b""#], 1, "not JSON"),
        (#"{"content":"{\"src\":\«"a\"»}"}"#, [#""b\""#], 1, "token cut"),
        (#"{"content":"{\"src\":«\"a\»"}"}"#, [#"\"b\"#], 1, "token cut"),
        (#"{"content":"{\"n\":1«2»}"}"#, ["3"], 1, "token cut"),
        (#"{"content":"[[1«],[»2]]"}"#, [","], 1, "unbalanced"),
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#"\"b\""#], 0, "token cut"),
        (#"{"content":"{\"src\":«\"a\"»}"}"#, [#"\"b\""#], 2, "token cut"),
        (#"["a«"»]"#, [#"b""#], 1, "token cut"),
    ])
    func `finds a planted bug in a string`(
        text: String, replacements: [String], nesting: Int, expected: String
    ) {
        #expect(Name(fault(text, replacements, nesting: nesting)).text == expected)
    }

    @Test func `looks into strings in strings`() {
        let text = #"["[\"{\\\"a\\\":«1»}\"]"]"#
        #expect(fault(text, ["2"], nesting: 2) == nil)
        #expect(Name(fault(text, [#"\\\"2"#], nesting: 2)).text == "not JSON")
        #expect(Name(fault(text, ["2"], nesting: 1)).text == "token cut")
    }

    @Test(arguments: ["[1,2, 4]", "[1,2,5]", "[1,2,4", "[1,2,4]]", "[9,2,4]", "[1,3,4]", ""])
    func `finds bytes that no edit changed`(output: String) {
        #expect(fault("[1,«0»,4]", ["2"], made: "[1,2,4]") == nil)
        #expect(Name(fault("[1,«0»,4]", ["2"], made: output)).text != "none")
    }

    @Test func `finds edits that overlap or stand outside`() {
        let text = MarkedText("[«1,«2»,3»]")
        let edits = text.ranges.map { Edit($0, [UInt8(ascii: "0")]) }
        #expect(Name(fault(edits, text.bytes, text.bytes)).text == "bytes differ")
        #expect(Name(fault([Edit(0..<99, [])], text.bytes, text.bytes)).text == "bytes differ")
    }

    @Test func `a rewrite that nests too deep is none`() {
        let deep = String(repeating: "[", count: 16) + "«1»" + String(repeating: "]", count: 16)
        #expect(fault(deep, ["2"]) == nil)
        #expect(Name(fault(deep, ["[2]"])).text == "not JSON")
    }
}
