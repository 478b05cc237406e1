import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct ManifestTests {
    private static let digest = String(repeating: "d", count: 64)
    private static let entries = ["a", "b"].map { AssetMembers(assetID: $0, sha256: digest, role: .attachment) }
    private static let entry = #"{"assetId":"ID","sha256":"\#(digest)","role":"attachment"}"#
    private static func entry(_ id: String) -> String { entry.replacing("ID", with: id) }

    private static func edits(_ document: CollectedDocument) -> [Edit] {
        document.manifests.flatMap { edits(document, $0, entries) }
    }

    private static func edits(
        _ document: CollectedDocument, _ place: ManifestPlace, _ entries: [AssetMembers]
    ) -> [Edit] {
        var update = ManifestUpdate(in: document, at: place, style: document.layoutStyle)
        update.addAgreeing(entries)
        return update.edits()
    }

    /// The file with all of these entries; as it is where it needs none.
    private static func file(_ bytes: [UInt8]?, with entries: [AssetMembers] = entries) -> [UInt8]? {
        var update = ManifestUpdate(file: bytes)
        update.addAgreeing(entries)
        return update.file() ?? bytes
    }

    @Test(arguments: [
        ("", #","fileRefs":{"a":A,"b":B}"#), (#","fileRefs":{}"#, #","fileRefs":{"a":A,"b":B}"#),
        (#","fileRefs":null,"z":0"#, #","fileRefs":{"a":A,"b":B},"z":0"#),
        (#","fileRefs":{"b":B}"#, #","fileRefs":{"b":B,"a":A}"#),
        (
            #","fileRefs":{"c":{"sha256":"D"},"b":{"sha256":"D","own":1.0}}"#,
            #","fileRefs":{"c":{"sha256":"D"},"b":{"sha256":"D","own":1.0,"assetId":"b","role":"attachment"},"a":A}"#
        ),
        (#","f\u0069leRefs":{}"#, #","f\u0069leRefs":{"a":A,"b":B}"#), (#","fileRefs":[1]"#, #","fileRefs":[1]"#),
        (#","fileRefs":"x""#, #","fileRefs":"x""#),
        (#","fileRefs":{"a":{"size":1}}"#, #","fileRefs":{"a":{"size":1}}"#),
        (#","fileRefs":{"a":1}"#, #","fileRefs":{"a":1}"#),
        (#","fileRefs":[1],"fileRefs":{}"#, #","fileRefs":[1],"fileRefs":{"a":A,"b":B}"#),
    ])
    func `a chapter's manifest is made, completed or left alone`(before: String, after: String) throws {
        func text(_ member: String) -> String {
            let member = member.replacing("A", with: Self.entry("a")).replacing("B", with: Self.entry("b"))
            return #"{"id":"c","content":[]\#(member.replacing(#""D""#, with: "\"\(Self.digest)\""))}"#
        }
        try expectRewrite(document: text(before), to: text(after), by: Self.edits)
    }

    @Test(
        arguments: [
            (#"{"id":"c","content":{"type":"doc"}}"#, [""]), (#"{"id":"c","content":"{\"type\":\"doc\"}"}"#, [""]),
            (#"{"type":"doc","content":[]}"#, []), ("[{\"type\":\"p\"}]", []), (#"{"data":{"type":"doc"}}"#, []),
            (#"{"id":"w","data":{"type":"doc"}}"#, [""]), (#"{"avatar":null,"id":"r"}"#, []),
            (
                #"{"chapters":[{"content":[]},{"content":"words"},{"id":2,"content":[]}]}"#,
                ["/chapters/0", "/chapters/2"]
            ),
            (#"{"content":[{"type":"x","content":[{"content":[]}]}]}"#, [""]),
            (#"{"data":{"id":"c","content":[]},"gallery":[]}"#, ["/data"]),
        ] as [(String, [String])])
    func `a manifest has its place beside a content`(text: String, pointers: [String]) throws {
        #expect(try Collected(text).document.manifests.map(\.pointer) == pointers)
    }

    @Test(arguments: [
        #"{"id":"B","coverImage":«"a.png"»,"fileRefs":[{"gallery":["a.png"]}]}"#,
        #"{"id":"B","coverImage":«"a.png"»,"fileRefs":{"x":{"sha256":"D","avatar":"a.png"}}}"#,
        #"{"id":"B","coverImage":«"a.png"»,"fileRefs":{"x":{"chapters":[{"content":[{"type":"image"}]}]}}}"#,
    ])
    func `members of a manifest are no fields`(text: String) throws {
        let collected = try Collected(text.replacing(#""D""#, with: "\"\(Self.digest)\""))
        #expect(collected.document.mentions.count == 1)
    }

    @Test func `mentions belong to the manifest beside their content`() throws {
        let image = #"{"type":"image","attrs":{"assetId":«"a"»}}"#
        let text = #"""
            {"coverImage":«"c"»,"chapters":[{"avatar":«"v"»,"content":[\#(image)]},{"content":"[]"},{"content":[\#(image)]}]}
            """#
        let collected = try Collected(text)
        #expect(collected.document.mentions.map(\.manifest) == [-1, -1, 0, 1])
    }

    @Test func `entries of a manifest are no mentions`() throws {
        let text = #"{"id":"c","content":[],"fileRefs":{"a":\#(Self.entry("a"))}}"#
        #expect(try Collected(text).forms == [])
        let elsewhere = #"{"chapters":[],"fileRefs":{"a":\#(Self.entry("a"))},"fileRef":«\#(Self.entry("a"))»}"#
        #expect(try Collected(elsewhere).forms == [.fileRef])
    }

    @Test func `an entry says what stands there, of equal keys the last`() {
        let text = #"""
            {"a":{"sha256":"D","mime":"x"},"\u0061":{"sha256":"D","role":"map","localPath":null,"remoteUrl":"u","remoteId":"r"}}
            """#
        let entries = Array(text.replacing("\"D\"", with: "\"\(Self.digest)\"").utf8).withUnsafeBufferPointer(
            Manifest.entries)
        #expect(entries?.map(\.key) == ["a"])
        #expect(entries?.first?.role == "map" && entries?.first?.remoteURL == "u" && entries?.first?.remoteID == "r")
        #expect(entries?.first?.present == [.sha256, .role, .remoteURL, .remoteID])
    }

    @Test func `an indented chapter gets an indented manifest`() throws {
        let text = "{\r\n\t\"content\": [],\r\n\t\"id\": \"c\"\r\n}"
        let entry =
            "{\r\n\t\t\t\"assetId\": \"ID\",\r\n\t\t\t\"sha256\": \"\(Self.digest)\",\r\n\t\t\t\"role\": \"attachment\"\r\n\t\t}"
        let entries = ["a", "b"].map { "\"\($0)\": " + entry.replacing("ID", with: $0) }.joined(separator: ",\r\n\t\t")
        let expected = "{\r\n\t\"content\": [],\r\n\t\"id\": \"c\",\r\n\t\"fileRefs\": {\r\n\t\t\(entries)\r\n\t}\r\n}"
        try expectRewrite(document: text, to: expected, by: Self.edits)
    }

    @Test func `a manifest file is made, completed and left alone`() throws {
        let made = try #require(Self.file(nil))
        let head =
            "{\n  \"a\": {\n    \"assetId\": \"a\",\n    \"sha256\": \"\(Self.digest)\",\n    \"role\": \"attachment\"\n  },\n  \"b\": {"
        #expect(String(decoding: made, as: UTF8.self).hasPrefix(head))
        #expect(made.last == 0x0A)
        #expect(Self.file(made) == made)
        #expect(Self.file(Self.file(nil, with: [Self.entries[0]])) == made)
        #expect(Self.file(Array("{}".utf8))?.withUnsafeBufferPointer(Manifest.entries)?.count == 2)
        #expect(ManifestUpdate(file: nil).file() == nil)
        #expect(ManifestUpdate(file: nil).file(keeping: [], dropping: [ByteKey("a")]) == nil)
    }

    @Test func `an asset that is named twice is written once`() throws {
        for text in [#"{"content":[]}"#, #"{"content":[],"fileRefs":{"a":{"sha256":"\#(Self.digest)"}}}"#] {
            let output = try expectLaws(Array(text.utf8)) { bytes in
                let document = try Collected(String(decoding: bytes, as: UTF8.self)).document
                return Self.edits(document, document.manifests[0], Self.entries + Self.entries)
            }
            #expect(String(decoding: output, as: UTF8.self).components("\"assetId\"") == 2)
        }
    }

    @Test(arguments: ["", #","fileRefs":{"a":A}"#, #","fileRefs":{"a":{"sha256":"D"}}"#])
    func `two pictures under one key are told`(manifest: String) throws {
        let standing = manifest.replacing("A", with: Self.entry("a")).replacing("\"D\"", with: "\"\(Self.digest)\"")
        let document = try Collected(#"{"id":"c","content":[]\#(standing)}"#).document
        var other = Self.entries[0]
        other.sha256 = String(repeating: "e", count: 64)
        var update = ManifestUpdate(in: document, at: document.manifests[0], style: .minified)
        update.addAgreeing([Self.entries[0], Self.entries[0]])
        let agrees = update.add(other)
        #expect(!agrees)
    }

    @Test func `entries go that nobody names, those that were added stay`() throws {
        let entries = ["a", "b", "c", "a"].map { "\"\($0)\":\(Self.entry($0))" }.joined(separator: ",")
        let document = try Collected(#"{"id":"c","content":[],"fileRefs":{\#(entries)}}"#).document
        var update = ManifestUpdate(in: document, at: document.manifests[0], style: .minified)
        update.addAgreeing([Self.entries[0]])
        func keys(_ edits: [Edit]) throws -> [String] {
            let text = String(decoding: edits.applied(to: document.bytes), as: UTF8.self)
            let manifest = try #require(try Collected(text).document.manifests.first).value.range
            let entries = Array(text.utf8)[manifest].withContiguousStorageIfAvailable(Manifest.entries)
            return try #require(entries ?? nil).map(\.key)
        }
        #expect(try keys(update.edits()) == ["b", "c", "a"])
        #expect(try keys(update.edits(keeping: [ByteKey("c")])) == ["c", "a"])
        #expect(try keys(update.edits(dropping: [ByteKey("a"), ByteKey("b")])) == ["c", "a"])
    }

    @Test(arguments: [0, 30])
    func `a key is its bytes after unescaping, and the last one counts`(others: Int) throws {
        let keys = (0..<others).map { #""o\#($0)""# } + [#""caf\u00e9""#, #""a\ud800""#, #""\u0061""#, #""a""#]
        let manifest = keys.map { "\($0):\(Self.entry("x"))" }.joined(separator: ",")
        let document = try Collected(#"{"id":"c","content":[],"fileRefs":{\#(manifest)}}"#).document
        var update = ManifestUpdate(in: document, at: document.manifests[0], style: .minified)
        func member(_ key: String) -> AssetMembers {
            AssetMembers(assetID: key, sha256: Self.digest, role: .attachment)
        }
        update.addAgreeing([member("a"), member("caf\u{E9}")])
        #expect(update.edits() == [])
        // The same text for `String`, another key in a document.
        update.addAgreeing([member("cafe\u{301}")])
        let kept = String(decoding: update.edits(keeping: []).applied(to: document.bytes), as: UTF8.self)
        #expect(kept.contains(#""cafe\u0301""#) && kept.contains(#""caf\u00e9""#) && kept.contains(#""a""#))
        // A key that is no text cannot be named, not even to be removed; what a later one supersedes stays with it.
        #expect(kept.contains(#""a\ud800""#) && kept.contains(#""\u0061""#))
        #expect(!kept.contains(#""o1""#))
    }

    @Test func `of many entries each is found`() throws {
        let digest = Self.digest
        let members = (0..<99).map { AssetMembers(assetID: "id \($0)", sha256: digest, role: .attachment) }
        let entries = members.map { "\"id\\u0020\($0.assetID.dropFirst(3))\":\(Self.entry($0.assetID))" }
        let document = try Collected(#"{"id":"c","content":[],"fileRefs":{\#(entries.joined(separator: ","))}}"#)
            .document
        var update = ManifestUpdate(in: document, at: document.manifests[0], style: .minified)
        update.addAgreeing(members)
        #expect(update.edits() == [])
        update.addAgreeing([AssetMembers(assetID: "id 99", sha256: digest, role: .attachment)])
        #expect(update.edits().count == 1)
    }
}

extension String {
    /// How often a part stands in the text.
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}

extension ManifestUpdate {
    /// Adds entries none of which contradicts another.
    mutating func addAgreeing(_ entries: [AssetMembers]) {
        for entry in entries {
            let agrees = add(entry)
            #expect(agrees, "\(entry.assetID)")
        }
    }
}
