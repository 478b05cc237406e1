import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinDocument
import TipinTestSupport

/// The table of RULES 4: what each profile lets stand of an asset.
struct ProfileMembersTests {
    enum State: String, Sendable, CaseIterable { case uploaded, onlyHere, onlyTold }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(profile.rawValue), \(state.rawValue)" }
        let profile: Profile
        let state: State
        /// What follows `"assetId":"$id1","alt":"A"` in the node.
        var node = ""
        /// The entry's members after `role`; `nil` where the document must stay.
        let entry: String?
    }

    private static let facts = #","mime":"image/png","width":3,"height":2"#

    static let cases = [
        Case(
            profile: .portable, state: .uploaded, node: #","src":"$url1""#, entry: facts + #","remoteUrl":"$url1""#),
        Case(
            profile: .device, state: .uploaded, node: #","src":"$url1""#,
            entry: #","localPath":"$path1""# + facts + #","remoteUrl":"$url1""#),
        Case(profile: .publish, state: .uploaded, node: #","src":"$url1""#, entry: facts + #","remoteUrl":"$url1""#),
        Case(profile: .portable, state: .onlyHere, entry: facts),
        Case(profile: .device, state: .onlyHere, entry: #","localPath":"$path1""# + facts),
        Case(profile: .publish, state: .onlyHere, entry: nil),
        Case(profile: .portable, state: .onlyTold, node: #","src":"$url1""#, entry: #","remoteUrl":"$url1""#),
        Case(profile: .device, state: .onlyTold, node: #","src":"$url1""#, entry: #","remoteUrl":"$url1""#),
        Case(profile: .publish, state: .onlyTold, node: #","src":"$url1""#, entry: #","remoteUrl":"$url1""#),
    ]

    private static func text(_ node: String, _ entry: String) -> String {
        Chapter.text(
            #"{"assetId":"$id1","alt":"A"\#(node)}"#,
            manifest: #"{"$id1":{"assetId":"$id1","sha256":"$sha1","role":"map"\#(entry)}}"#)
    }

    @Test(arguments: cases) func `members of a manifest and its node`(_ row: Case) async throws {
        let book = try TestBook()
        if row.state == .uploaded { try await book.upload([Picture(1)]) }
        if row.state == .onlyHere { try await book.store([Picture(1)]) }
        let told = row.state == .onlyTold ? #","remoteUrl":"$url1""# : ""
        let before = Self.text("", #","localPath":"/other/1.png""# + told)
        try book.write(before)
        let report = try await book.run(.resolve) { $0.profile = row.profile }
        guard let entry = row.entry else {
            #expect(report.codes == ["document-not-published", "remote-url-missing"])
            #expect(try book.read() == book.expanded(before))
            return
        }
        #expect(report.codes.isEmpty)
        #expect(try book.read() == book.expanded(Self.text(row.node, entry)))
        #expect(try await book.run(.resolve) { $0.profile = row.profile }.changedDocuments == 0)
    }

    @Test func `a foreign localPath is left where nothing better is known`() async throws {
        let book = try TestBook()
        let text = Self.text("", #","localPath":"/other/1.png""#)
        try book.write(text)
        for profile in [Profile.portable, .device] {
            #expect(try await book.run(.resolve) { $0.profile = profile }.changedDocuments == 0)
            #expect(try book.read() == book.expanded(text))
        }
    }

    struct AddressCase: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(src.prefix(12)), \(isUploaded ? "uploaded" : "only here")" }
        let src: String
        let isUploaded: Bool
        /// The member after `migrate`; empty where it is removed.
        let left: String
        var warns = false
    }

    static let addresses = [
        AddressCase(src: "$data1", isUploaded: true, left: #""src":"$url1","#),
        AddressCase(src: "$data1", isUploaded: false, left: "", warns: true),
        AddressCase(src: "1.png", isUploaded: true, left: #""src":"$url1","#),
        AddressCase(src: "1.png", isUploaded: false, left: "", warns: true),
        AddressCase(src: "https://old.example/1.png", isUploaded: true, left: #""src":"$url1","#),
        AddressCase(
            src: "https://old.example/1.png", isUploaded: false, left: #""src":"https://old.example/1.png","#),
        AddressCase(src: "blob:gone", isUploaded: true, left: #""src":"$url1","#),
        AddressCase(src: "blob:gone", isUploaded: false, left: ""),
    ]

    private func book(_ row: AddressCase) async throws -> TestBook {
        var book = try TestBook()
        book.settings.mediaRoot = book.temporary.path + "/media"
        try book.temporary.write(Picture(1).bytes, to: "media/old.example/1.png")
        try book.write(Picture(1), to: "1.png")
        if row.isUploaded { try await book.upload([Picture(1)]) } else { try await book.store([Picture(1)]) }
        try book.write(
            Chapter.text(#"{"title":"T","src":"\#(row.src)","assetId":"$id1","x-own":{"deep":[1.0]}}"#))
        return book
    }

    private static func migrated(_ src: String, _ row: AddressCase) -> String {
        Chapter.text(
            #"{"title":"T",\#(src)"assetId":"$id1","x-own":{"deep":[1.0]}}"#,
            manifest: "{" + Chapter.entry(1, row.isUploaded ? #","remoteUrl":"$url1""# : "") + "}")
    }

    @Test(arguments: addresses) func `the best durable address stands in a node`(_ row: AddressCase) async throws {
        let book = try await book(row)
        let report = try await book.run(.migrate)
        #expect(report.codes == (row.warns ? ["src-removed"] : []))
        #expect(report.severity(.srcRemoved) == (row.warns ? .warning : nil))
        #expect(try book.read() == book.expanded(Self.migrated(row.left, row)))
    }

    @Test(arguments: addresses) func `an address can be dropped`(_ row: AddressCase) async throws {
        let book = try await book(row)
        #expect(try await book.run(.migrate) { $0.dropsSrc = true }.codes.isEmpty)
        #expect(try book.read() == book.expanded(Self.migrated("", row)))
    }

    @Test func `a link keeps its address, and only a picture's node gets a size`() async throws {
        var book = try TestBook()
        var table = RuleTable.builtIn
        table.nodes.append(RuleTable.link(hosts: ["cdn.example"]))
        book.settings.rules = CompiledRules(table)
        try await book.upload([Picture(1)])
        func text(_ image: String, _ link: String, _ video: String) -> String {
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{\#(image)}},"#
                + #"{"type":"text","text":"a","marks":[{"type":"link","attrs":{\#(link)}}]},"#
                + #"{"type":"video","attrs":{\#(video)}}]}"#
        }
        let address = #""$url1""#
        try book.write(text(#""src":\#(address)"#, #""href":\#(address)"#, #""assetId":"$id1""#) + "}\n")
        let report = try await book.run(.migrate) { ($0.dropsSrc, $0.fillsSize) = (true, true) }
        #expect(report.codes.isEmpty)
        let expected = text(
            #""assetId":"$id1","width":3,"height":2"#, #""href":\#(address),"assetId":"$id1""#, #""assetId":"$id1""#)
        #expect(try book.read().hasPrefix(book.expanded(expected)))
    }

    @Test func `publish keeps the address though src is to be dropped`() async throws {
        let book = try await book(Self.addresses[0])
        #expect(try await book.run(.publish) { $0.dropsSrc = true }.codes.isEmpty)
        #expect(try book.read() == book.expanded(Self.migrated(#""src":"$url1","#, Self.addresses[0])))
    }

    @Test func `an editor that has assetId needs no warning`() async throws {
        var book = try await book(Self.addresses[1])
        book.settings.editorHasAssetID = true
        #expect(try await book.run(.migrate).codes.isEmpty)
    }

    struct SizeCase: Sendable, CustomTestStringConvertible {
        var testDescription: String { before.isEmpty ? "absent" : before }
        let before: String
        let after: String
    }

    static let sizes = [
        SizeCase(before: "", after: #","width":3,"height":2"#),
        SizeCase(before: #","width":null,"height":null"#, after: #","width":3,"height":2"#),
        SizeCase(before: #","width":40"#, after: #","width":40"#),
        SizeCase(before: #","height":"auto","width":null"#, after: #","height":"auto","width":null"#),
    ]

    @Test(arguments: sizes, [true, false])
    func `a size is filled in where both are absent`(_ size: SizeCase, _ fills: Bool) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1"\#(size.before)}"#))
        try await book.run(.migrate) { $0.fillsSize = fills }
        let expected = Chapter.text(
            #"{"assetId":"$id1"\#(fills ? size.after : size.before)}"#, manifest: "{" + Chapter.entry(1) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `an inline picture is never taken out before its bytes are safe`() async throws {
        let book = try TestBook()
        let text = Chapter.text(
            #"{"assetId":"$id1","src":"$data1"}"#,
            manifest: #"{"$id1":{"assetId":"$id1","sha256":"$sha1","role":"attachment"}}"#)
        try book.write(text)
        #expect(try await book.run(.resolve).changedDocuments == 0)
        #expect(try book.read() == book.expanded(text))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        let expected = Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}")
        #expect(try book.read() == book.expanded(expected))
    }
}
