import Foundation
import Testing
import Tipin

/// What is in hand of the assets that mentions mean, looked up for a part of a large document at a time.
struct PossessionTests {
    /// More mentions than are completed in one go; each of the three pictures is in every part.
    @Test func `a document of many mentions is completed to its end`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        book.host.jobs = 1
        let count = 4500
        let nodes = (0..<count).map { #"{"type":"image","attrs":{"src":"pics/\#($0 % 3 + 1).png"}}"# }
        func text(_ nodes: [String], manifest: String) -> String {
            #"{"id":"c1","bookId":"b1","content":[\#(nodes.joined(separator: ","))]\#(manifest)}"#
        }
        for number in 1...3 { try book.write(Picture(number), to: "pics/\(number).png") }
        try book.write(text(nodes, manifest: ""))
        #expect(try await book.run(.migrate).codes.isEmpty)
        // An address gives way only where the bytes are in hand.
        let done = (0..<count).map { #"{"type":"image","attrs":{"assetId":"$id\#($0 % 3 + 1)"}}"# }
        let entries = (1...3).map { Chapter.entry($0) }.joined(separator: ",")
        #expect(try book.read() == book.expanded(text(done, manifest: #","fileRefs":{\#(entries)}"#)))
        #expect(try await book.run(.migrate).changedDocuments == 0)
        // Another book's document: each picture gets its name there once.
        let other = try book.read().replacing(#""bookId":"b1""#, with: #""bookId":"b2""#)
        try book.write(other, to: "other.json")
        #expect(try await book.run(.migrate, ["other.json"]).codes.isEmpty)
        for number in 1...3 {
            let path = book.blobPath(Picture(number)).replacing("/b1/", with: "/b2/")
            #expect(FileManager.default.contents(atPath: path) == Data(Picture(number).bytes))
        }
    }
}
