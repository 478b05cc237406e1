import Testing
import TipinAssets
import TipinDiagnostics

@testable import Tipin

/// A FileRef without an id: its digest says which bytes are meant, whatever address stands beside it.
struct FileRefWithoutIDTests {
    /// Picture 1 is known, 2 lies in a file and in the document, 3 is not known.
    private func book() async throws -> TestBook {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        for number in [1, 2, 3] { try book.write(Picture(number), to: "\(number).png") }
        try book.write(Picture(positioned: 3), to: "positioned.png")
        return book
    }

    private static func text(_ map: String) -> String { #"{"id":"r","bookId":"b1","map":\#(map)}"# }

    private static let others = [#""url":"2.png""#, #""src":"$data2""#, #""src":"gone/files/$sha2/original.png""#]

    @Test(arguments: others, TestBook.Command.allCases)
    func `an address of other bytes contradicts a digest that the catalog knows`(
        _ address: String, _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        try await book.store([Picture(2)])
        let text = Self.text(#"{"sha256":"$sha1",\#(address)}"#)
        try book.write(text, to: "r.json")
        // A path that cannot be read names no bytes that could contradict.
        let isReadable = !address.contains("gone")
        if isReadable {
            #expect(try await book.check().severity(.srcContradictsAsset) == .error)
            let report = try await book.run(command)
            #expect(report.severity(.srcContradictsAsset) == .error)
            #expect(report.status == .failure)
            #expect(try book.read("r.json") == book.expanded(text))
        }
        #expect(try await book.run(command) { $0.preference = .catalog }.problems(.srcContradictsAsset).isEmpty)
        try expectWholeFileRefs(try book.read("r.json"))
        #expect(try book.read("r.json").contains(#""assetId":"\#(Picture(1).id)""#))
    }

    @Test(arguments: others.prefix(2), [1, 3])
    func `the address's picture takes the place of the digest where the document is preferred`(
        _ address: String, _ said: Int
    ) async throws {
        let book = try await book()
        let facts = #""mime":"image/webp","remoteId":"r1","remoteUrl":"https://told.example/1.png""#
        try book.write(Self.text(#"{"sha256":"$sha\#(said)",\#(facts),\#(address)}"#), to: "r.json")
        for changed in [1, 0] {
            let report = try await book.run(.publish) { $0.preference = .document }
            #expect((report.status, report.changedDocuments) == (.success, changed))
            let written = try book.read("r.json")
            try expectWholeFileRefs(written)
            #expect(written.contains(#""sha256":"\#(Picture(2).sha256)""#))
            #expect(!written.contains("told.example") && !written.contains("webp"))
        }
        #expect(try await book.run(.publish).status == .success)
    }

    @Test(arguments: others.prefix(2), [TestBook.Command.migrate, .publish])
    func `bytes that do not have a digest that nobody knows are not taken in`(
        _ address: String, _ command: TestBook.Command
    ) async throws {
        let book = try await book()
        let text = Self.text(#"{"sha256":"$sha3",\#(address)}"#)
        try book.write(text, to: "r.json")
        #expect(try await book.check().severity(.digestMismatch) == .error)
        #expect(try await book.run(.migrate, to: .nowhere).severity(.digestMismatch) == .error)
        for preference in [nil, Preference.catalog] {
            let report = try await book.run(command) { $0.preference = preference }
            #expect(report.severity(.digestMismatch) == .error)
            #expect(report.status == .failure)
            #expect(report.importedAssets == 0)
            #expect(try book.read("r.json") == book.expanded(text))
        }
    }

    @Test func `one address serves the digest that it has and not the other`() async throws {
        let book = try await book()
        let wrong = #"{"sha256":"$sha3","url":"2.png"}"#
        try book.write(
            #"{"id":"r","bookId":"b1","map":{"sha256":"$sha2","url":"2.png"},"lore":\#(wrong)}"#, to: "r.json")
        let report = try await book.run(.migrate)
        #expect(report.problems(.digestMismatch).count == 1)
        let written = try book.read("r.json")
        #expect(written.contains(book.expanded(#""assetId":"$id2""#)))
        #expect(written.hasSuffix(book.expanded(#""lore":\#(wrong)}"#)))
        try expectWholeFileRefs(written)
    }

    @Test func `an address that the catalog knows as another's leads to other bytes`() async throws {
        let book = try await book()
        let text = Self.text(#"{"sha256":"$sha3","url":"$url1"}"#)
        try book.write(text, to: "r.json")
        for command in TestBook.Command.allCases {
            #expect(try await book.run(command).severity(.digestMismatch) == .error)
            #expect(try book.read("r.json") == book.expanded(text))
        }
    }

    @Test func `an address at which the catalog knows another picture is not written beside the digest`() async throws {
        let book = try await book()
        try await book.upload([Picture(2)])
        try book.write(Self.text(#"{"sha256":"$sha1","remoteUrl":"$url2"}"#), to: "r.json")
        #expect(try await book.run(.publish) { $0.preference = .document }.status == .success)
        let written = try book.read("r.json")
        try expectWholeFileRefs(written)
        #expect(written.contains(Picture(2).sha256))
    }

    /// The digest as found, as stored, and both again once the catalog knows them.
    @Test(arguments: [Picture(positioned: 3).sha256, Picture(3).sha256], [1, 2])
    func `a digest as found or as stored is that of the address`(_ digest: String, _ runs: Int) async throws {
        let book = try await book()
        let text = Self.text(#"{"sha256":"\#(digest)","url":"positioned.png"}"#)
        for _ in 1...runs {
            try book.write(text, to: "r.json")
            #expect(try await book.check().problems(.digestMismatch).isEmpty)
            #expect(try await book.run(.publish).status == .success)
            let written = try book.read("r.json")
            #expect(written.contains(Picture(3).sha256))
            try expectWholeFileRefs(written)
        }
    }

    @Test(arguments: [#""url":"blob:https://app.example/1""#, #""url":"$id1""#, #""url":"gone.png""#])
    func `an address that leads nowhere leaves the picture to the digest`(_ address: String) async throws {
        let book = try await book()
        try book.write(Self.text(#"{"sha256":"$sha1",\#(address)}"#), to: "r.json")
        #expect(try await book.run(.publish).status == .success)
        let written = try book.read("r.json")
        try expectWholeFileRefs(written)
        #expect(written.contains(book.expanded(#""url":"$url1""#)))
    }
}
