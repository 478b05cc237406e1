import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What one document brings settles what another says, whichever comes first.
struct LaterDocumentsTests {
    /// More than are worked on together.
    private static let fillers = 130

    /// - Parameter names: of the documents, in the order of the texts.
    private func book(_ texts: [String], _ names: [String]) throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.editorHasAssetID = true
        for (text, name) in zip(texts, names) { try book.write(text, to: name) }
        for number in 0..<Self.fillers {
            try book.write(Chapter.text(#"{"src":"$data9"}"#, id: "m\(number)"), to: "m\(number).json")
        }
        return book
    }

    /// One that lacks something, and one that brings it.
    struct Pair: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let wanting: String
        let bringing: String
    }

    static let pairs = [
        Pair(
            testDescription: "an id of two documents with one id", wanting: Chapter.text(#"{"assetId":"nano-1"}"#),
            bringing: Chapter.text(#"{"assetId":"nano-1","src":"$data1"}"#)),
        Pair(
            testDescription: "an id with an address that leads nowhere",
            wanting: Chapter.text(#"{"assetId":"nano-1","src":"gone.png"}"#),
            bringing: Chapter.text(#"{"assetId":"nano-1","src":"$data1"}"#)),
        Pair(
            testDescription: "an id made of the digest", wanting: Chapter.text(#"{"assetId":"$id1"}"#),
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "an id in the place of an address", wanting: Chapter.text(#"{"src":"$id1"}"#),
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "a digest", wanting: #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha1"}}"#,
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "a size",
            wanting:
                #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha1","role":"cover","mime":"image/png"}}"#,
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "a size in a manifest",
            wanting: Chapter.text(
                #"{"assetId":"$id1"}"#,
                manifest:
                    #"{"$id1":{"assetId":"$id1","sha256":"$sha1","role":"attachment","mime":"image/png","width":3}}"#),
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "a path of the store",
            wanting: Chapter.text(#"{"src":"/elsewhere/books/b7/files/$sha1/original.png"}"#),
            bringing: Chapter.text(#"{"src":"$data1"}"#, id: "c2")),
        Pair(
            testDescription: "a path on another machine",
            wanting: #"{"id":"b2","coverImage":{"assetId":"x","sha256":"$sha1","localPath":"/home/me/a.png"}}"#,
            bringing: #"{"id":"b3","coverImage":{"assetId":"y","sha256":"$sha1","src":"$data1"}}"#),
    ]

    @Test(arguments: pairs, [["a.json", "z.json"], ["z.json", "a.json"], ["a.json", "b.json"]])
    func `the order of documents decides nothing`(_ pair: Pair, _ names: [String]) async throws {
        let book = try book([pair.wanting, pair.bringing], names)
        let run = try await book.run(.migrate)
        #expect(run.errorCount == 0)
        #expect(run.documents == Self.fillers + 2)
        #expect(run.changedDocuments == Self.fillers + 2)
        #expect(try book.read(names[0]).contains(Picture(1).sha256))
        #expect(try !book.read(names[0]).contains("localPath"))
        let after = try book.documents()
        let again = try await book.run(.migrate)
        #expect(again.errorCount == 0)
        #expect(again.changedDocuments == 0)
        #expect(try book.documents() == after)
        try await book.undo(run.run)
        #expect(try book.read(names[0]) == book.expanded(pair.wanting))
    }

    @Test func `one document may wait for another that waits`() async throws {
        let texts = [
            Chapter.text(#"{"assetId":"nano-1"}"#),
            Chapter.text(
                #"{"assetId":"nano-1"}"#, manifest: #"{"nano-1":{"assetId":"nano-1","sha256":"$sha1"}}"#),
            Chapter.text(#"{"src":"$data1"}"#, id: "c3"),
        ]
        let book = try book(texts, ["a.json", "b.json", "z.json"])
        #expect(try await book.run(.migrate).errorCount == 0)
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `what no document brings is told of once`() async throws {
        let book = try book(
            [Chapter.text(#"{"assetId":"nobody"}"#, #"{"src":"$data1"}"#)], ["a.json"])
        let run = try await book.run(.migrate)
        #expect(run.problems(.assetUnknown).count == 1)
        #expect(run.documents == Self.fillers + 1)
        #expect(run.changedDocuments == Self.fillers + 1)
    }

    @Test func `a host is not asked again for a document that waited`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.allowsPrivateHosts = true
        let server = try StubServer { _ in StubResponse(404, text: "nothing") }
        try book.write(
            #"{"id":"b1","coverImage":{"assetId":"x","sha256":"$sha1","remoteUrl":"\#(server.base)/1.png"}}"#)
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "c2.json")
        let run = try await book.run(.migrate)
        #expect(run.problems(.blobMissing).count == 1)
        #expect(server.requests.count == 1)
    }

    @Test func `a plan says what the command does`() async throws {
        for pair in Self.pairs {
            let names = ["a.json", "z.json"]
            let direct = try book([pair.wanting, pair.bringing], names)
            try await direct.run(.migrate)
            let book = try book([pair.wanting, pair.bringing], names)
            try await book.plan(.migrate)
            try await book.apply()
            #expect(try book.documents() == direct.documents())
        }
    }

    /// Copies of one document, of which two call different pictures by one name and a third has no more than the name.
    @Test(arguments: [
        ["a.json", "n.json", "z.json"], ["z.json", "n.json", "a.json"], ["n.json", "z.json", "a.json"],
    ])
    func `a name that copies of a document disagree about means something in none but them`(
        _ names: [String]
    ) async throws {
        let texts = [
            Chapter.text(#"{"assetId":"nano-1","src":"$data1"}"#),
            Chapter.text(#"{"assetId":"nano-1","src":"$data2"}"#),
            Chapter.text(#"{"assetId":"nano-1"}"#),
        ]
        let book = try book(texts, names)
        let run = try await book.run(.migrate)
        #expect(run.codes == ["asset-unknown", "id-ambiguous"])
        #expect(run.severity(.idAmbiguous) == .warning)
        #expect(try book.read(names[0]).contains(Picture(1).sha256))
        #expect(try !book.read(names[0]).contains(Picture(2).sha256))
        #expect(try book.read(names[1]).contains(Picture(2).sha256))
        #expect(try !book.read(names[1]).contains(Picture(1).sha256))
        #expect(try book.read(names[2]) == texts[2])
        let after = try book.documents()
        #expect(try await book.run(.migrate).codes == run.codes)
        #expect(try book.documents() == after)
    }

    @Test func `a name that copies of a document agree about is kept for all of them`() async throws {
        let book = try book(
            [
                Chapter.text(#"{"assetId":"nano-1","src":"$data1"}"#),
                Chapter.text(#"{"assetId":"nano-1","src":"picture.png"}"#), Chapter.text(#"{"assetId":"nano-1"}"#),
            ], ["a.json", "n.json", "z.json"])
        try book.write(Picture(1), to: "picture.png")
        #expect(try await book.run(.migrate).codes == [])
        for name in ["a.json", "n.json", "z.json"] { #expect(try book.read(name).contains(Picture(1).sha256)) }
    }
}
