import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// `--prune-manifest`: entries that a document names nowhere are removed, and no others.
struct PruneManifestTests {
    private static let old = #""old":{"assetId":"old","sha256":"$sha9","role":"attachment"}"#
    private static let node = #"{"type":"image","attrs":{"assetId":"$id1","src":"$url1"}}"#
    private static let first = Chapter.entry(1, #","remoteUrl":"$url1""#)

    private func book() async throws -> TestBook {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        return book
    }

    private func text(_ nodes: String, _ manifest: String) -> String {
        #"{"id":"c1","bookId":"b1","content":[\#(nodes)],"fileRefs":{\#(manifest)}}"#
    }

    private static let unread = #"{"type":"image","attrs":{"assetId":"old","src":"https://h/gone.png"}}"#

    static let cases = [
        ("\(old),\(first)", node, first), ("\(first),\(old)", node, first), (" \(old) ", "", ""),
        ("\(old),\(first)", "", ""), ("\(first),\(first),\(old)", node, "\(first),\(first)"),
        // What failed keeps its entry.
        (old, unread, old), ("", node, first),
    ]

    @Test(arguments: cases) func `entries that nothing names go`(
        _ manifest: String, _ nodes: String, _ kept: String
    ) async throws {
        let book = try await book()
        try book.write(text(nodes, manifest))
        _ = try await book.run(.resolve) {
            $0.profile = .portable
            $0.prunesManifest = true
        }
        let expected = book.expanded(text(nodes, kept))
        #expect(try book.read().replacing("{ }", with: "{}") == expected)
        let again = try await book.run(.resolve) {
            $0.profile = .portable
            $0.prunesManifest = true
        }
        #expect(again.changedDocuments == 0)
    }

    @Test func `an entry that an address names stays`() async throws {
        let book = try await book()
        try book.write(text(#"{"type":"image","attrs":{"src":"asset:old"}}"#, Self.old))
        _ = try await book.run(.resolve) { $0.prunesManifest = true }
        #expect(try book.read().contains(book.expanded(Self.old)))
    }

    @Test func `nothing goes unless it is asked for, nor beside HTML`() async throws {
        let book = try await book()
        let plain = book.expanded(text(Self.node, "\(Self.old),\(Self.first)"))
        try book.write(plain)
        #expect(try await book.run(.resolve).changedDocuments == 1, "localPath")
        #expect(try book.read().contains(book.expanded(Self.old)))
        let html = book.expanded(#"{"id":"c1","bookId":"b1","content":"<p>x</p>","fileRefs":{\#(Self.old)}}"#)
        try book.write(html)
        _ = try await book.run(.resolve) { $0.prunesManifest = true }
        #expect(try book.read() == html)
    }

    @Test func `a chapter in a book and a manifest file are pruned too`() async throws {
        var book = try await book()
        book.settings.books = ["b1"]
        try book.write(
            #"{"id":"b1","chapters":[{"id":"c1","content":[],"fileRefs":{\#(Self.old)}},\#(text(Self.node, "\(Self.old),\(Self.first)"))]}"#,
            to: "book.json")
        try book.write("[\(Self.node)]", to: "bare.json")
        try book.write("{\n  \(Self.old)\n}\n", to: "bare.fileRefs.json")
        _ = try await book.run(.publish) { $0.prunesManifest = true }
        #expect(
            try book.read("book.json")
                == book.expanded(
                    #"{"id":"b1","chapters":[{"id":"c1","content":[],"fileRefs":{}},\#(text(Self.node, Self.first))]}"#)
        )
        let sidecar = try book.read("bare.fileRefs.json")
        #expect(!sidecar.contains("\"old\"") && sidecar.contains(Picture(1).id))
    }

    @Test func `a manifest of another shape stays`() async throws {
        let book = try await book()
        let foreign = book.expanded(#"{"id":"c1","bookId":"b1","content":[],"fileRefs":{"a":{"b":1}}}"#)
        try book.write(foreign)
        _ = try await book.run(.resolve) { $0.prunesManifest = true }
        #expect(try book.read() == foreign)
    }
}
