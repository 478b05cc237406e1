import Foundation
import Testing
import TipinAssets
import TipinDiagnostics

@testable import Tipin

/// RULES 3, 2: an id with an address beside it.
struct SourceAgreementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let src: String
        /// What stands in its place after `migrate`; `nil` where it is removed.
        var left: String?
    }

    /// Picture 1 is in the store and at the remote; picture 2 is not.
    private func book() async throws -> TestBook {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Picture(1), to: "same.png")
        try book.write(Picture(2), to: "other.png")
        try book.write(Picture(positioned: 1), to: "positioned.png")
        return book
    }

    static let agreeing = [
        Case(testDescription: "null", src: "null"),
        Case(testDescription: "empty", src: #""""#),
        Case(testDescription: "dead", src: #""blob:https://app.example/1""#),
        Case(testDescription: "the address at the remote", src: #""$url1""#),
        Case(
            testDescription: "the address at the remote in another spelling",
            src: #""HTTPS://CDN.example:443/books/x/../b1/$sha1.png""#),
        Case(testDescription: "an address in the manifest", src: #""https://told.example/1.png""#),
        Case(testDescription: "a path of the store that does not exist", src: #""/gone/files/$sha1/original.png""#),
        Case(testDescription: "a thumbnail of the store", src: #""asset://localhost/gone/files/$sha1/thumb_256.png""#),
        Case(testDescription: "a data: URL of the same bytes", src: #""$data1""#),
        Case(testDescription: "a file of the same bytes", src: #""same.png""#),
        Case(testDescription: "a file that our metadata rule makes the same", src: #""positioned.png""#),
    ]

    private static func text(_ src: String) -> String {
        Chapter.text(
            #"{"assetId":"$id1","src":\#(src)}"#,
            manifest: "{" + Chapter.entry(1, #","remoteUrl":"https://told.example/1.png""#) + "}")
    }

    @Test(arguments: agreeing) func `an address of the same picture agrees`(_ agreeing: Case) async throws {
        let book = try await book()
        try book.write(Self.text(agreeing.src))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let expected = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `no address at all agrees`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let expected = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    static let contradicting = ["\"$data2\"", "\"other.png\""]

    @Test(arguments: contradicting, TestBook.Command.allCases)
    func `an address of another picture leaves the mention untouched`(
        _ src: String, _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        let text = Chapter.text(#"{"assetId":"$id1","src":\#(src)}"#)
        try book.write(text)
        let report = try await book.run(command)
        #expect(report.codes.contains("src-contradicts-asset"))
        #expect(report.severity(.srcContradictsAsset) == .error)
        #expect(report.status == .failure)
        #expect(try book.read() == book.expanded(text))
        #expect(report.importedAssets == 0)
    }

    /// Documents that give picture 1 the address of picture 2, each with its name.
    static let mistold = [
        (
            "c1.json",
            Chapter.text(
                #"{"assetId":"$id1","src":"$url2"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url2""#) + "}")
        ),
        ("c1.json", Chapter.text(#"{"assetId":"$id1","src":"$url2"}"#)),
        (
            "c1.json",
            Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url2""#) + "}")
        ),
        ("book.json", #"{"id":"b1","coverImage":{\#(cover)"assetId":"$id1","sha256":"$sha1"}}"#),
        ("book.json", #"{"id":"b1","coverImage":{\#(cover)"sha256":"$sha1"}}"#),
    ]
    private static let cover = #""role":"cover","remoteUrl":"$url2","#

    @Test(arguments: mistold, TestBook.Command.allCases)
    func `an address that leads to the asset's bytes by now agrees, whatever the catalog knows it as`(
        _ document: (name: String, text: String), _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        try await book.upload([Picture(2)])
        try Data(Picture(1).bytes).write(to: URL(filePath: book.remoteFile(Picture(2))))
        try book.write(document.text, to: document.name)
        #expect(try await book.check { $0.isOnline = true }.problems(.srcContradictsAsset).isEmpty)
        #expect(try await book.run(command).problems(.srcContradictsAsset).isEmpty)
        #expect(try book.read(document.name).contains(book.expanded("$url1")))
    }

    @Test func `an address that is asked for again is not what the catalog knew it as`() async throws {
        let book = try await book()
        try await book.upload([Picture(2)])
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"$url2"}"#))
        let report = try await book.run(.migrate) { $0.refetches = true }
        let read = report.problems(.srcContradictsAsset).first
        #expect(read?.notes.last == book.expanded("'$url2' leads to other bytes"))
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(2)))
        let known = try await book.run(.migrate).problems(.srcContradictsAsset).first
        #expect(known?.notes.last?.hasSuffix(book.expanded("; the catalog knows it as that of '$id2'")) == true)
        #expect(try await book.run(.migrate) { $0.refetches = true }.codes == ["src-unchecked"])
    }

    @Test(arguments: mistold, TestBook.Command.allCases)
    func `an address that cannot be read contradicts where the catalog knows it as another picture's`(
        _ document: (name: String, text: String), _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        try await book.upload([Picture(2)])
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(2)))
        try book.write(document.text, to: document.name)
        #expect(try await book.check().severity(.srcContradictsAsset) == .error)
        let report = try await book.run(command)
        #expect(report.severity(.srcContradictsAsset) == .error)
        #expect(try book.read(document.name) == book.expanded(document.text))
        let settled = try await book.run(command) { $0.preference = .catalog }
        #expect(settled.problems(.srcContradictsAsset).isEmpty)
        #expect(try book.read(document.name).contains(book.expanded("$url2")) == false)
    }

    @Test func `the address of the picture that took its place, or that it replaced, is no other's`() async throws {
        let book = try await book()
        try await book.upload([Picture(2)])
        try book.withCatalog { catalog in
            try catalog.write { writer in
                let ids = [Picture(1), Picture(2)].map(\.id)
                let assets = try ids.map { try #require(try writer.reader.asset(id: $0)) }
                let agreement = SourceAgreement(catalog: writer.reader)
                let asked = assets.map { ResolvedAsset(documentID: $0.id, sha256: $0.sha256, row: $0) }
                let urls = assets.map { $0.remoteURL ?? "" }
                #expect(try agreement.isAnothers(urls[1], than: asked[0]))
                #expect(try !agreement.isAnothers(urls[0], than: asked[0]))
                try writer.recordReplacement(
                    Replacement(
                        oldSHA256: assets[0].sha256, oldAssetID: ids[0], newAssetID: ids[1], reason: .replace))
                #expect(try !agreement.isAnothers(urls[1], than: asked[0]))
                #expect(try !agreement.isAnothers(urls[0], than: asked[1]))
            }
        }
    }

    @Test(arguments: [Preference.document, .catalog])
    func `where nothing contradicts there is nothing to settle`(_ preference: Preference) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "same.png")
        let entry = Chapter.entry(1).replacing("$id1", with: "mine")
        try book.write(Chapter.text(#"{"assetId":"mine","src":"same.png"}"#, manifest: "{" + entry + "}"))
        #expect(try await book.run(.migrate) { $0.preference = preference }.problems(.srcContradictsAsset).isEmpty)
        #expect(try book.read() == book.expanded(Chapter.text(#"{"assetId":"mine"}"#, manifest: "{" + entry + "}")))
    }

    @Test func `an address that cannot be read is a warning and the asset is kept`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"gone.png"}"#))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["src-unchecked"])
        #expect(report.status == .success)
        let expected = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `an address that cannot be read stays where no better one is known`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"gone.png"}"#))
        let expected = Chapter.text(
            #"{"assetId":"$id1","src":"gone.png"}"#, manifest: "{" + Chapter.entry(1) + "}")
        for _ in 1...2 {
            #expect(try await book.run(.migrate).codes == ["src-unchecked"])
            #expect(try book.read() == book.expanded(expected))
        }
    }

    struct Later: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let url: String
        /// What is said of it.
        var codes = ["alternate-address-kept"]
    }

    static let later = [
        Later(testDescription: "another picture's file", url: #""other.png""#),
        Later(testDescription: "another picture itself", url: #""$data2""#),
        Later(testDescription: "a file that is not there", url: #""hi-res/other.png""#),
        Later(testDescription: "a page", url: #""https://site.example/page""#),
        Later(testDescription: "a dead address", url: #""blob:https://site.example/1""#),
        Later(testDescription: "an empty string", url: #""""#, codes: []),
        Later(testDescription: "a number", url: "5", codes: []),
    ]

    @Test(arguments: later, [TestBook.Command.migrate, .publish])
    func `a later member that may be of something else is passed over`(
        _ later: Later, _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1","url":\#(later.url)}"#))
        let expected = Chapter.text(
            #"{"assetId":"$id1","url":\#(later.url),"src":"$url1"}"#,
            manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        for _ in 1...2 {
            #expect(try await book.run(command).codes == later.codes)
            #expect(try book.read() == book.expanded(expected))
        }
    }

    @Test(arguments: later) func `nothing is taken from a later member`(_ later: Later) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1","url":\#(later.url)}"#))
        let expected = Chapter.text(
            #"{"assetId":"$id1","url":\#(later.url)}"#, manifest: "{" + Chapter.entry(1) + "}")
        for _ in 1...2 {
            #expect(try await book.run(.migrate).codes == later.codes)
            #expect(try book.read() == book.expanded(expected))
        }
    }

    @Test func `what is no string is not taken out`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let node = #"{"assetId":"$id1","src":{"a":1}}"#
        try book.write(Chapter.text(node))
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read() == book.expanded(Chapter.text(node, manifest: "{" + Chapter.entry(1) + "}")))
    }

    @Test(arguments: contradicting) func `the catalog can be preferred`(_ src: String) async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1","src":\#(src)}"#))
        #expect(try await book.run(.migrate) { $0.preference = .catalog }.codes.isEmpty)
        let expected = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test(arguments: contradicting) func `the document can be preferred`(_ src: String) async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1","src":\#(src)}"#))
        let report = try await book.run(.publish) { $0.preference = .document }
        #expect(report.codes.isEmpty)
        let expected = Chapter.text(
            #"{"assetId":"$id2","src":"$url2"}"#, manifest: "{" + Chapter.entry(2, #","remoteUrl":"$url2""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `what agrees stays as it is though the document is preferred`() async throws {
        let book = try await book()
        let entry = #"{"assetId":"$id1","sha256":"$sha1","role":"map","mime":"image/x","width":9,"height":9,"#
        let text = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, manifest: #"{"$id1":\#(entry)"remoteUrl":"$url1"}}"#)
        try book.write(text)
        #expect(try await book.run(.migrate) { $0.preference = .document }.changedDocuments == 0)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `a file reference that takes another picture keeps nothing of the first`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let told = #""remoteId":"r1","remoteUrl":"https://told.example/1.png","localPath":"/other/1.png""#
        try book.write(
            #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha1","role":"cover","alt":"A",\#(told),"url":"$data2"}}"#,
            to: "book.json")
        #expect(try await book.run(.migrate) { $0.preference = .document }.status == .success)
        let facts = #""mime":"image/png","width":3,"height":2"#
        let left = #"{"assetId":"$id2","sha256":"$sha2","role":"cover","alt":"A","url":null,\#(facts)}"#
        #expect(try book.read("book.json") == book.expanded(#"{"id":"b1","coverImage":\#(left)}"#))
    }

    @Test func `an unknown id with a readable address keeps its name`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"nano","src":"other.png"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        let ref =
            #"{"assetId":"nano","sha256":"$sha2","role":"attachment","mime":"image/png","width":3,"height":2,"remoteUrl":"$url2"}"#
        #expect(
            try book.read()
                == book.expanded(
                    Chapter.text(#"{"assetId":"nano","src":"$url2"}"#, manifest: #"{"nano":\#(ref)}"#)))
    }
}
