import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Bytes that are missing are looked for where anything else says that they are, before anybody gives up.
struct OtherDocumentsTests {
    private let book: TestBook
    private let wanting = Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}")

    init() throws {
        book = try TestBook()
        try book.write(wanting)
    }

    private func isHere() -> Bool {
        FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes)
    }

    struct Clue: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: String
        let text: String
    }

    static let clues = [
        Clue(
            testDescription: "another document's manifest", name: "part/c2.json",
            text: Chapter.text(id: "c2", manifest: "{" + Chapter.entry(1, #","localPath":"one.png""#) + "}")),
        Clue(
            testDescription: "a FileRef of another book", name: "part/c2.json",
            text: #"{"id":"b9","coverImage":\#(Chapter.ref(1, #","localPath":"one.png""#, role: "cover"))}"#),
        Clue(
            testDescription: "a line of NDJSON", name: "part/all.ndjson",
            text: Chapter.text(id: "c2", manifest: "{" + Chapter.entry(1, #","localPath":"one.png""#) + "}")),
    ]

    @Test(arguments: clues) func `missing bytes are found through`(_ clue: Clue) async throws {
        try book.write(Picture(1), to: "part/one.png")
        try book.write(clue.text, to: clue.name)
        // Alone the document does not know where.
        #expect(try await book.run(.migrate, ["c1.json"]).codes == ["blob-missing"])
        let report = try await book.run(.migrate)
        #expect(report.status == .success)
        #expect(isHere())
    }

    @Test func `what another document tells is checked by the digest`() async throws {
        try book.write(Picture(2), to: "part/one.png")
        try book.write(Self.clues[0].text, to: Self.clues[0].name)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["blob-missing"])
        #expect(report.problems(.blobMissing).first?.notes.contains { $0.contains("leads to other bytes") } == true)
        #expect(!isHere())
    }

    @Test func `what a document of an earlier run told counts`() async throws {
        let told = Chapter.text(
            #"{"assetId":"$id1","src":"$url1"}"#, id: "c0",
            manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        try book.write(told, to: "c0.json")
        // The address is at our own remote, so the bytes are not fetched yet.
        #expect(try await book.run(.migrate, ["c0.json"]).codes == [])
        #expect(!isHere())
        try book.temporary.write(Picture(1).bytes, to: "cdn/b1/\(Picture(1).sha256).png")
        try FileManager.default.removeItem(atPath: book.path + "/c0.json")
        #expect(try await book.run(.sync, ["c1.json"]).status == .success)
        #expect(isHere())
    }

    @Test func `an address that the remote gave before counts`() async throws {
        var book = book
        book.settings.legacyRoots = [
            "new.example": book.temporary.path + "/new", "old.example": book.temporary.path + "/old",
        ]
        try await book.store([Picture(1)])
        try book.withCatalog { catalog in
            let key = UploadKey(assetID: Picture(1).id, bookID: "b1", remote: "https://api.example")
            try catalog.write { writer in
                try writer.markUploaded(key, remoteID: nil, remoteURL: "https://old.example/1.png")
                try writer.setRemoteURL(key, "https://new.example/1.png")
            }
        }
        try book.removeBlob(Picture(1))
        #expect(try await book.run(.migrate).codes.contains("blob-missing"))
        try book.temporary.write(Picture(1).bytes, to: "old/1.png")
        #expect(try await book.run(.migrate).status == .success)
        #expect(isHere())
    }
}
