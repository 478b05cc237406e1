import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct RewriteTests {
    private static let digest = String(repeating: "d", count: 64)
    private static let url = "https://cdn/a.png"
    private static let members = AssetMembers(
        assetID: "id", sha256: digest, role: .cover, mime: "image/png", width: 2, height: 3)

    /// The members with changes made to them.
    private static func members(_ change: (inout AssetMembers) -> Void) -> AssetMembers {
        var members = members
        change(&members)
        return members
    }

    private static func edits(_ document: CollectedDocument, _ members: AssetMembers) -> [Edit] {
        document.mentions.flatMap {
            document.edits(of: $0, saying: document.details(of: $0), as: members, style: document.layoutStyle)
        }
    }

    @Test(arguments: [
        (#"{"src":"data:,x","alt":"a"}"#, AssetMembers.Change.remove, #"{"alt":"a","assetId":"id"}"#),
        (#"{"src":"data:,x","alt":"a"}"#, .set(url), #"{"src":"https://cdn/a.png","alt":"a","assetId":"id"}"#),
        (#"{"src":"https:\/\/h\/x"}"#, .set(url), #"{"src":"https:\/\/cdn\/a.png","assetId":"id"}"#),
        (#"{"src":"https:\/\/cdn\/a.png"}"#, .set(url), #"{"src":"https:\/\/cdn\/a.png","assetId":"id"}"#),
        (#"{"src":"x","assetId":"old","z":1.0}"#, .keep, #"{"src":"x","assetId":"id","z":1.0}"#),
        (#"{"assetId":"\u0069d"}"#, .keep, #"{"assetId":"\u0069d"}"#),
        ("{}", .set(url), #"{"src":"https://cdn/a.png","assetId":"id"}"#),
        (#"{"src":null}"#, .set(url), #"{"src":"https://cdn/a.png","assetId":"id"}"#),
        (#"{"url":"x","src":null}"#, .set(url), #"{"url":"https://cdn/a.png","src":null,"assetId":"id"}"#),
        (#"{"src":"a","src":"b"}"#, .set(url), #"{"src":"a","src":"https://cdn/a.png","assetId":"id"}"#),
        (#"{"src":"a","x":0,"s\u0072c":"b"}"#, .remove, #"{"x":0,"assetId":"id"}"#),
        (#"{"src":{"image":"x"}}"#, .set(url), #"{"src":{"image":"https://cdn/a.png"},"assetId":"id"}"#),
        (
            #"{"src":{ "fallback":"f","url":"x" }}"#, .set(url),
            #"{"src":{ "fallback":"f","url":"https://cdn/a.png" },"assetId":"id"}"#
        ),
        (#"{"src":{"image":"x"}}"#, .remove, #"{"src":{"image":"x"},"assetId":"id"}"#),
        (#"{"src":{"w":1}}"#, .set(url), #"{"src":"https://cdn/a.png","assetId":"id"}"#),
        (
            #"{"src":42,"attachmentId":"id"}"#, .set(url),
            #"{"src":"https://cdn/a.png","attachmentId":"id","assetId":"id"}"#
        ),
        (
            #"{"assetId":"id","hash":"h","image":"x"}"#, .set(url),
            #"{"assetId":"id","hash":"h","image":"https://cdn/a.png"}"#
        ),
        (#"{"src":"https:\u002f\u002fh"}"#, .set(url), #"{"src":"https:\u002f\u002fcdn\u002fa.png","assetId":"id"}"#),
        (#"{ "src" : "a" }"#, .set(url), #"{ "src" : "https://cdn/a.png", "assetId" : "id" }"#),
    ])
    func `a node's attributes say what is known`(attributes: String, change: AssetMembers.Change, expected: String)
        throws
    {
        func text(_ attributes: String) -> String { #"[{"type":"image","attrs":\#(attributes),"x":[ ]}]"# }
        try expectRewrite(document: text(attributes), to: text(expected)) { document in
            Self.edits(document, Self.members { $0.address = change })
        }
    }

    @Test(arguments: [
        (#"{"src":"a"}"#, #"{"src":"a","assetId":"id","width":2,"height":3}"#),
        (#"{"width":null,"height":null}"#, #"{"width":2,"height":3,"assetId":"id"}"#),
        (#"{"width":5}"#, #"{"width":5,"assetId":"id"}"#),
        (#"{"height":"50%","width":null}"#, #"{"height":"50%","width":null,"assetId":"id"}"#),
    ])
    func `size is filled only where both are missing`(attributes: String, expected: String) throws {
        func text(_ attributes: String) -> String { #"[{"type":"image","attrs":\#(attributes)}]"# }
        try expectRewrite(document: text(attributes), to: text(expected)) { document in
            Self.edits(document, Self.members { $0.fillsSize = true })
        }
    }

    private static let fileRef =
        #""assetId":"id","sha256":"\#(digest)","role":"cover","mime":"image/png","width":2,"height":3"#

    @Test(arguments: [
        (#""x.png""#, "{\(fileRef)}"), (#"{"assetId":"old"}"#, "{\(fileRef.replacing("\"id\"", with: "\"old\""))}"),
        (#"{"url":"x","n":1.0}"#, #"{"url":"x","n":1.0,\#(fileRef)}"#), ("{\(fileRef)}", "{\(fileRef)}"),
    ])
    func `a book field becomes a FileRef`(value: String, expected: String) throws {
        for field in [#"{"coverImage":VALUE}"#, #"{"gallery":[null,VALUE],"id":"b"}"#] {
            try expectRewrite(
                document: field.replacing("VALUE", with: value), to: field.replacing("VALUE", with: expected)
            ) { Self.edits($0, Self.members) }
        }
    }

    @Test(arguments: [
        (AssetMembers.Change.keep, #","localPath":"/old"}"#), (.set("/new"), #","localPath":"/new"}"#), (.remove, "}"),
    ])
    func `a FileRef's local path is kept, set or removed`(change: AssetMembers.Change, end: String) throws {
        let text = #"{"coverImage":{\#(Self.fileRef),"localPath":"/old"}}"#
        try expectRewrite(document: text, to: #"{"coverImage":{\#(Self.fileRef)\#(end)}"#) { document in
            Self.edits(document, Self.members { $0.localPath = change })
        }
    }

    @Test func `remote members replace what stands there`() throws {
        let text = #"{"coverImage":{\#(Self.fileRef),"remoteUrl":"https://old","remoteId":null}}"#
        let expected = #"{"coverImage":{\#(Self.fileRef),"remoteUrl":"https://cdn/a.png","remoteId":"7"}}"#
        try expectRewrite(document: text, to: expected) { document in
            Self.edits(document, Self.members { ($0.remoteID, $0.remoteURL) = ("7", Self.url) })
        }
    }

    @Test func `an indented book gets indented FileRefs`() throws {
        let text = "{\n  \"gallery\": [\n    \"a\",\n    {\"url\": \"b\"}\n  ],\n  \"x\": [\"1\"]\n}\n"
        let members = AssetMembers(assetID: "i", sha256: Self.digest, role: .gallery)
        let expected = """
            {
              "gallery": [
                {
                  "assetId": "i",
                  "sha256": "\(Self.digest)",
                  "role": "gallery"
                },
                {"url": "b", "assetId": "i", "sha256": "\(Self.digest)", "role": "gallery"}
              ],
              "x": ["1"]
            }

            """
        try expectRewrite(document: text, to: expected) { Self.edits($0, members) }
    }

    @Test(arguments: [
        (
            #"{"content":"[{\"type\":\"image\",\"attrs\":{\"src\":\"https:\\\/\\\/h\"}}]"}"#,
            #"{"content":"[{\"type\":\"image\",\"attrs\":{\"src\":\"https:\\\/\\\/cdn\\\/a.png\",\"assetId\":\"id\"}}]"}"#
        ),
        (
            #"{"content":"\"[{\\\"type\\\":\\\"image\\\",\\\"attrs\\\":{}}]\""}"#,
            #"{"content":"\"[{\\\"type\\\":\\\"image\\\",\\\"attrs\\\":{\\\"src\\\":\\\"https://cdn/a.png\\\",\\\"assetId\\\":\\\"id\\\"}}]\""}"#
        ),
        (
            #"{"content":"[{\u0022type\u0022:\"image\",\n  \"attrs\":{\n    \"alt\":\"\\ud800\"\n}}]"}"#,
            #"{"content":"[{\u0022type\u0022:\"image\",\n  \"attrs\":{\n    \"alt\":\"\\ud800\",\n    \"src\":\"https://cdn/a.png\",\n    \"assetId\":\"id\"\n}}]"}"#
        ),
    ])
    func `a document in a string is rewritten inside its string`(text: String, expected: String) throws {
        try expectRewrite(document: text, to: expected) { document in
            Self.edits(document, Self.members { $0.address = .set(Self.url) })
        }
    }

    @Test func `a document whose slashes are escaped gets escaped slashes`() throws {
        let text = #"[{"x":"a\/b","type":"image","attrs":{"alt":null}}]"#
        let expected =
            #"[{"x":"a\/b","type":"image","attrs":{"alt":null,"src":"https:\/\/cdn\/a.png","assetId":"id"}}]"#
        try expectRewrite(document: text, to: expected) { document in
            Self.edits(document, Self.members { $0.address = .set(Self.url) })
        }
    }
}
