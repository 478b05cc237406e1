import Testing
import TipinTestSupport

@testable import TipinJSON

struct ObjectEditorTests {
    /// Sets `a` and `new`, removes `b`.
    private static let changes: [MemberChange] = [
        .set("a", .string("é/")), .remove("b"),
        .set("new", .object([.init("w", .number(1)), .init("h", .string("x"))])),
    ]

    @Test(arguments: [
        (#"{"a":"old","b":[1,2],"c":1.0}"#, #"{"a":"\u00e9/","c":1.0,"new":{"w":1,"h":"x"}}"#),
        (#"{"b":1,"a" : null, "c":"\u0000"}"#, #"{"a" : "\u00e9/", "c":"\u0000", "new":{"w":1,"h":"x"}}"#),
        (#"{ "c": 1 }"#, #"{ "c": 1, "a": "\u00e9/", "new": { "w": 1, "h": "x" } }"#),
        ("{}", #"{"a":"\u00e9/","new":{"w":1,"h":"x"}}"#), ("{ \n }", #"{"a":"\u00e9/","new":{"w":1,"h":"x"}}"#),
        (#"{"b":1}"#, #"{"a":"\u00e9/","new":{"w":1,"h":"x"}}"#),
        (#"{"a":1,"a":2,"b":1,"\u0062":2}"#, #"{"a":1,"a":"\u00e9/","new":{"w":1,"h":"x"}}"#),
        (
            "{\n    \"c\": \"/\",\n    \"b\": {}\n}",
            "{\n    \"c\": \"/\",\n    \"a\": \"\\u00e9/\",\n    \"new\": {\n        \"w\": 1,\n        \"h\": \"x\"\n    }\n}"
        ),
        (
            "{\r\n\t\"a\":\t\"\\u00e9\\/\"\r\n}",
            "{\r\n\t\"a\":\t\"\\u00e9\\/\",\r\n\t\"new\":\t{\r\n\t\t\"w\":\t1,\r\n\t\t\"h\":\t\"x\"\r\n\t}\r\n}"
        ),
    ])
    func `members that come follow the style of their neighbours`(text: String, expected: String) {
        let again: [MemberChange] = Self.changes.dropLast()
        expectRewrite(text, to: expected) { bytes in
            bytes.withUnsafeBufferPointer { text in
                let editor = ObjectEditor(text, objectAt: 0, style: LayoutStyle(of: text))
                // An object is always written anew, so it is only set where it is missing.
                let isThere = ObjectLayout(text, objectAt: 0).member("new", in: text) != nil
                return editor.edits(isThere ? again : Self.changes)
            }
        }
    }

    @Test(arguments: [
        (#"{"s":"x\/y"}"#, "x/y"), (#"{"s":"x/y"}"#, "x/y"), (#"{"s":"\u0078/y"}"#, "x/y"),
        (#"{"s":"\ud83d\ude00"}"#, "😀"),
    ])
    func `an equal value keeps the bytes it is written with`(text: String, value: String) {
        expectRewrite(text, to: text) { bytes in Self.edits(bytes, [.set("s", .string(value)), .remove("t")]) }
    }

    @Test(arguments: [
        (#"{"n":1}"#, "{\"n\":1}"), (#"{"n":1.0}"#, "{\"n\":1}"), (#"{"n":"1"}"#, "{\"n\":1}"),
        (#"{"n":1e0}"#, "{\"n\":1}"),
    ])
    func `a number is set where it is not written so`(text: String, expected: String) {
        expectRewrite(text, to: expected) { bytes in Self.edits(bytes, [.set("n", .number(1))]) }
    }

    @Test func `an empty object in an indented text gets lines of its own`() {
        let text = "{\n  \"x\": {\n    \"attrs\": {}\n  }\n}"
        let expected =
            "{\n  \"x\": {\n    \"attrs\": {\n      \"a\": 1,\n      \"b\": {\n        \"c\": 2\n      }\n    }\n  }\n}"
        let changes: [MemberChange] = [.set("a", .number(1)), .set("b", .object([.init("c", .number(2))]))]
        let bytes = Array(text.utf8)
        let edits = bytes.withUnsafeBufferPointer { text in
            ObjectEditor(text, objectAt: text.lastIndex(of: UInt8(ascii: "{")) ?? 0, style: LayoutStyle(of: text))
                .edits(changes)
        }
        expectRewrite(text, to: expected, by: edits)
    }

    @Test func `all members can go`() {
        expectRewrite(#"{ "a":1, "b":2 }"#, to: "{ }") { Self.edits($0, [.remove("a"), .remove("b")]) }
        expectRewrite("{\n  \"a\": 1\n}", to: "{\n}") { Self.edits($0, [.remove("a")]) }
    }

    @Test func `the later of two changes counts, names are compared by bytes`() {
        let changes: [MemberChange] = [
            .set("x", .number(1)), .set("e\u{301}", .number(3)), .set("é", .number(4)), .set("x", .number(2)),
        ]
        let expected = #"{"k":0,"e\u0301":3,"\u00e9":4,"x":2}"#
        expectRewrite(#"{"k":0}"#, to: expected) { Self.edits($0, changes) }
    }

    @Test func `a large object is edited like a small one`() {
        let members = (0..<100).map { "\"k\($0)\":\($0)" }
        let text = "{" + members.joined(separator: ",") + #","\u006b7":8}"#
        let expected = "{" + members.filter { $0 != "\"k50\":50" }.joined(separator: ",") + #","\u006b7":7,"z":1}"#
        expectRewrite(text, to: expected) {
            Self.edits($0, [.set("k7", .number(7)), .remove("k50"), .set("z", .number(1)), .set("k9", .number(9))])
        }
    }

    @Test func `of equal keys in a large object all are removed and the last is set`() {
        let members = (0..<60).map { "\"k\($0 % 20)\":\($0)" }
        let kept = members.filter { !$0.hasPrefix("\"k3\"") }
        let expected = kept.map { $0 == "\"k5\":45" ? "\"k5\":0" : $0 }
        expectRewrite("{\(members.joined(separator: ","))}", to: "{\(expected.joined(separator: ","))}") {
            Self.edits($0, [.remove("k3"), .set("k5", .number(0))])
        }
    }

    private static func edits(_ bytes: [UInt8], _ changes: [MemberChange]) -> [Edit] {
        bytes.withUnsafeBufferPointer { text in
            ObjectEditor(text, objectAt: 0, style: LayoutStyle(of: text)).edits(changes)
        }
    }
}
