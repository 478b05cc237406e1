import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct CollectBookTests {
    private static let digest = String(repeating: "a", count: 64)

    @Test(
        arguments: [
            (#"«"a.png"»"#, .localFile), (#"«"https://h"»"#, .remoteURL), (#"{"url":«"https://h"»}"#, .remoteURL),
            (#"{"path":"p","url":"https://u","src":«"s"»}"#, .localFile), (#"{"href":«"data:,"»}"#, .dataURL),
            (#"{"src":"","url":«"https://h"»}"#, .remoteURL), (#"{"assetId":«"a"»}"#, .assetID),
            (#"{"assetId":«"a"»,"url":"https://h"}"#, .assetID), (#"«{"assetId":"a","sha256":"D"}»"#, .fileRef),
            (#"«{"sha256":"D","assetId":"a","type":"image/png"}»"#, .fileRef),
            (#"{"type":"photo","url":«"https://h"»}"#, .remoteURL), (#"{"assetId":null,"src":«"a"»}"#, .localFile),
            (#"«"blob:x"»"#, .dead), (#"{"src":«42»}"#, .dead),
            (#"{"image":«"a.png"»}"#, .localFile), (#"{"image":{"src":«"https://h"»}}"#, .remoteURL),
            (#"«{"sha256":"D","localPath":"a.png"}»"#, .fileRef), (#"{"remoteUrl":«"https://h"»}"#, .remoteURL),
            (#"{"localPath":«"a.png"»,"assetId":"","sha256":"no digest"}"#, .localFile),
            (#"{"remoteUrl":"https://h","localPath":«"a.png"»}"#, .localFile),
        ] as [(String, Mention.Form)])
    func `a book field takes every shape`(value: String, form: Mention.Form) throws {
        let value = value.replacing(#""D""#, with: "\"\(Self.digest)\"")
        let alone = try Collected(#"{"coverImage":\#(value)}"#)
        #expect(alone.forms == [form])
        #expect(alone.roles == ["cover"])
        let listed = try Collected(#"{"gallery":[null,\#(value),[],7]}"#)
        #expect(listed.forms == [form])
        #expect(listed.document.mentions.map(\.order) == [1])
        #expect(listed.pointers.allSatisfy { $0.hasPrefix("/gallery/1") })
    }

    @Test(arguments: ["null", #""""#, "{}", "[]", "true", #"{"url":null}"#, #"{"alt":"x"}"#, #"" ""#])
    func `an empty book field is no mention`(value: String) throws {
        let collected = try Collected(#"{"coverImage":\#(value),"gallery":[\#(value)]}"#)
        #expect(collected.forms == [])
        #expect(collected.document.unknownValues == [])
    }

    @Test(arguments: [
        "42", #"{"ref":"p1"}"#, #"{"x":{"y":"z"}}"#, #"{"assetId":7}"#, #"{"src":"","file":"a.png"}"#,
        #"{"sha256":"no digest"}"#, #"[["a.png"]]"#, #"[[{"src":"a.png"}]]"#,
    ])
    func `what a field holds in no known shape is noted`(value: String) throws {
        let alone = try Collected(#"{"coverImage":\#(value)}"#)
        #expect(alone.forms == [])
        #expect(alone.document.unknownValues.map(\.pointer) == [value.hasPrefix("[") ? "/coverImage/0" : "/coverImage"])
        #expect(!alone.document.isFollowed)
        #expect(try Collected(#"{"gallery":[null,\#(value)]}"#).document.unknownValues.first?.pointer == "/gallery/1")
    }

    @Test(arguments: [
        #"{"src":"","id":"g1","order":3}"#, #"{"assetId":null,"note":"not there yet"}"#, #"{"caption":"C","width":3}"#,
    ])
    func `a place for a picture that is not there yet is not noted`(value: String) throws {
        #expect(try Collected(#"{"coverImage":\#(value),"gallery":[\#(value)]}"#).document.unknownValues == [])
    }

    @Test func `what may be prose may be anything`() throws {
        #expect(try Collected(#"{"id":"w","lore":[["a"],7,{"x":"y"}],"map":3}"#).document.unknownValues == [])
    }

    @Test func `a FileRef in a member is a mention of its own`() throws {
        let ref = #"«{"assetId":"a","sha256":"\#(Self.digest)"}»"#
        let collected = try Collected(#"{"gallery":[{"image":\#(ref)},{"front":\#(ref),"note":7}]}"#)
        #expect(collected.pointers == ["/gallery/0/image", "/gallery/1/front"])
        #expect(collected.document.unknownValues == [])
    }

    @Test func `prose is no mention where a field may be prose`() throws {
        let text =
            #"{"id":"w","lore":["Once upon a time: there was",«"a.png"»,«"https://h/x"»],"map":«"./m"»,"avatar":«"prose"»}"#
        #expect(try Collected(text).roles == ["lore", "lore", "map", "avatar"])
    }

    @Test func `a place gives role and entity`() throws {
        let text = #"""
            {"id":"b","coverImage":«"c.png"»,
             "characters":[{"id":"p1","avatar":«"p.png"»,"gallery":[«"g0"»,«"g1"»]},{"avatar":«"q"»}],
             "worlds":{"one":{"maps":[],"map":«"m.png"»,"id":"w1"}},
             "objects":[{"id":9,"gallery":{"src":«"o"»}}],
             "chapters":[{"content":[{"type":"image","attrs":{"src":«"i"»}}],"id":"c1"},
                         {"content":[{"type":"image","attrs":{"src":«"j"»}}]}]}
            """#
        let collected = try Collected(text)
        #expect(
            collected.roles == [
                "cover", "avatar", "gallery", "gallery", "avatar", "map", "gallery", "attachment", "attachment",
            ])
        #expect(
            collected.entities == [
                "-", "character:p1", "character:p1", "character:p1", "-", "world:w1", "object:9", "chapter:c1", "-",
            ])
        #expect(
            collected.pointers == [
                "/coverImage", "/characters/0/avatar", "/characters/0/gallery/0", "/characters/0/gallery/1",
                "/characters/1/avatar", "/worlds/one/map", "/objects/0/gallery/src",
                "/chapters/0/content/0/attrs/src", "/chapters/1/content/0/attrs/src",
            ])
        #expect(collected.document.mentions.map(\.order) == [0, 0, 0, 1, 0, 0, 0, 0, 0])
    }

    @Test(
        arguments: [
            (#"{"id":"1","avatar":«"a"»}"#, nil, "character:1"), (#"{"id":"1","map":«"a.png"»}"#, nil, "world:1"),
            (#"{"id":"1","map":«"a.png"»}"#, "locations", "location:1"),
            (#"{"id":"1","type":"object","avatar":«"a"»}"#, "characters", "object:1"),
            (#"{"id":"1","type":"strange","avatar":«"a"»}"#, "elsewhere", "character:1"),
            (#"{"avatar":«"a"»}"#, nil, "-"),
        ] as [(String, String?, String)])
    func `a record says what it is by type, folder or field`(text: String, folder: String?, entity: String) throws {
        let collected = try Collected(text, folderName: folder)
        #expect(collected.document.kind == .record)
        #expect(collected.entities == [entity])
    }

    @Test func `a FileRef is found anywhere, with its own role`() throws {
        let file = #"«{"assetId":"a","sha256":"\#(Self.digest)","role":"map"}»"#
        let collected = try Collected(#"{"coverImage":null,"extra":{"deep":[\#(file)]}}"#)
        #expect(collected.roles == ["map"])
        #expect(collected.pointers == ["/extra/deep/0"])
        #expect(collected.document.mentions.map(\.site) == [.fileRef])
    }

    @Test func `fields of books mean nothing in nodes and nodes mean nothing in fields`() throws {
        let nodes = #"[{"type":"paragraph","attrs":{"avatar":"x","coverImage":{"url":"https://h"}},"gallery":["g"]}]"#
        #expect(try Collected(#"{"id":"c","content":\#(nodes)}"#).forms == [])
    }

    @Test func `keys are escaped in pointers`() throws {
        let text =
            #"{"coverImage":null,"a/b~c":{"chapters":[{"id":"c","content":[{"type":"image","attrs":{"src":«"i"»}}]}]}}"#
        #expect(try Collected(text).pointers == ["/a~1b~0c/chapters/0/content/0/attrs/src"])
    }

    @Test func `a configured node and field are found`() throws {
        var rules = RuleTable.builtIn
        rules.nodes.append(.init("notesnookImage", addresses: ["hash"], ids: ["data-asset-id-of-the-attribute"]))
        rules.fields.append(.init("portrait of the person", role: .avatar, entity: .character))
        let text = #"""
            {"portrait of the person":«"a"»,"content":
            [{"type":"notesnookImage","attrs":{"data-asset-id-of-the-attribut\u0065":«"x"»}}]}
            """#
        let collected = try Collected(text, rules: rules)
        #expect(collected.forms == [.localFile, .assetID])
        #expect(collected.document.details(of: collected.document.mentions[1]).assetID == "x")
    }

    @Test func `details are read from what a mention owns`() throws {
        let text = #"""
            {"coverImage":«{"assetId":"a","sha256":"DIGEST","mime":"image/png","remoteUrl":"https:\/\/r","remoteId":"7",
            "localPath":"/p","role":"cover","width":1,"height":null,"url":"https://u"}»}
            """#
        let collected = try Collected(text.replacing("DIGEST", with: Self.digest.uppercased()))
        let details = collected.document.details(of: collected.document.mentions[0])
        var expected = MentionDetails()
        expected.assetID = "a"
        expected.sha256 = Self.digest
        (expected.address, expected.addressName) = ("https://u", "url")
        (expected.role, expected.mime, expected.localPath) = ("cover", "image/png", "/p")
        (expected.remoteID, expected.remoteURL) = ("7", "https://r")
        expected.hasAddressMember = true
        expected.leavesNull = true
        expected.isBesideRemoteURL = true
        (expected.idName, expected.addressShape) = ("assetId", .text)
        expected.present = [.assetID, .sha256, .mime, .remoteURL, .remoteID, .localPath, .role, .width]
        #expect(details == expected)
    }
}
