import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinDocument
import TipinTestSupport

/// RULES 0 on the documents of Fixtures: nothing but the table's members changes, and only once.
struct LosslessTests {
    static let documents = Checkout.files(below: "Fixtures/documents", ending: "json")
        // What Foundation cannot read is compared byte for byte where documents are rewritten.
        .filter { !$0.contains("/bad/") && !$0.hasSuffix(".fileRefs.json") && !$0.hasSuffix("/lossless.json") }

    /// A copy of the folder, with a picture at every place that a document names and that can be written.
    private func book(_ folder: String) async throws -> TestBook {
        var book = try TestBook()
        book.settings.editorHasAssetID = true
        book.settings.mediaRoot = book.temporary.path + "/media"
        try FileManager.default.removeItem(atPath: book.path)
        try FileManager.default.copyItem(atPath: Checkout.path(folder), toPath: book.path)
        try? FileManager.default.removeItem(atPath: book.path + "/bad")
        let addresses = try await book.scan().compactMap(\.value)
        for (number, address) in Set(addresses).sorted().enumerated() {
            if let url = URL(string: address), let host = url.host, url.scheme?.hasPrefix("http") == true {
                _ = try? book.temporary.write(Picture(number).bytes, to: "media/\(host)\(url.path)")
            } else if AddressForm(address) == .localFile, !address.hasPrefix("/"), !address.contains("..") {
                _ = try? book.temporary.write(Picture(number).bytes, to: "book/\(address)")
            }
        }
        return book
    }

    @Test(arguments: [TestBook.Command.migrate, .publish], documents)
    func `nothing but the members of the table changes`(_ command: TestBook.Command, _ document: String) async throws {
        let book = try await book("Fixtures/documents")
        let name = String(document.dropFirst("Fixtures/documents/".count))
        let before = try book.read(name)
        let report = try await book.run(command, [name])
        let after = try book.read(name)
        let faults = MemberComparison(before, after).faults
        #expect(faults == [])
        #expect(report.problems(.internalError) == [])
        if command == .migrate, !(try await book.scan([name]).isEmpty), !["html.json", "record.json"].contains(name) {
            #expect(report.changedMentions > 0)
        }
        let manifest = book.manifest(below: "book")
        let second = try await book.run(command, [name])
        #expect(second.changedDocuments == 0)
        // The name of a file is looked at when it is imported.
        let lasting = [report, second].map { $0.codes.filter { $0 != "type-mismatch" } }
        #expect(lasting[0] == lasting[1])
        #expect(book.manifest(below: "book") == manifest)
    }

    @Test func `bad documents stay and are named`() async throws {
        let book = try TestBook()
        try FileManager.default.removeItem(atPath: book.path)
        try FileManager.default.copyItem(atPath: Checkout.path("Fixtures/documents/bad"), toPath: book.path)
        let before = book.manifest()
        let report = try await book.run(.publish, to: .nowhere)
        #expect(report.failedDocuments > 20)
        #expect(report.changedDocuments == 0)
        #expect(!report.codes.contains("internal"))
        #expect(try await book.check().errorCount >= report.failedDocuments)
        #expect(book.manifest() == before)
    }

    @Test func `faults among lines leave the good lines done`() async throws {
        let book = try await book("Fixtures/documents")
        let before = try book.read("lines-with-faults.ndjson").split(separator: "\n", omittingEmptySubsequences: false)
        let report = try await book.run(.migrate, ["lines-with-faults.ndjson"])
        let after = try book.read("lines-with-faults.ndjson").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(before.count == after.count)
        for (old, new) in zip(before, after) {
            if old.hasPrefix(#"{"id":"good"#) {
                #expect(new.contains("fileRefs"))
                #expect(MemberComparison(String(old), String(new)).faults == [])
            } else {
                #expect(old == new)
            }
        }
        #expect(Set(report.codes).isSuperset(of: ["no-manifest-place", "not-a-document", "not-json"]))
    }

    @Test func `the demo book is published and has no findings`() async throws {
        var book = try await book("Fixtures/demo-book")
        book.settings.mediaRoot = book.path + "/media-root"
        let names = book.manifest(below: "book").keys.filter { $0.hasSuffix(".json") && $0 != "tipin.json" }.sorted()
        let before = try names.map { try book.read($0) }
        let dry = try await book.run(.publish, to: .nowhere)
        let report = try await book.run(.publish)
        #expect(report.errorCount == 0, "\(report.codes)")
        #expect(dry.changedDocuments == report.changedDocuments)
        #expect(dry.errorCount == 0, "\(dry.codes)")
        for (name, old) in zip(names, before) {
            let faults = MemberComparison(old, try book.read(name)).faults
            #expect(faults == [], "\(name)")
        }
        #expect(try await book.check(.publish).errorCount == 0)
        #expect(try await book.secondDevice().check(.publish).errorCount == 0)
        #expect(try await book.run(.publish).changedDocuments == 0)
    }
}
