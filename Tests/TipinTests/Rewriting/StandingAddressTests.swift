import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What is said of addresses that stay: those that expire, further ones beside the picture's, those in HTML.
struct StandingAddressTests {
    private static let signed = "https://store.example/1.png?X-Amz-Date=20240501T090000Z&X-Amz-Expires=3600"
    private static let entry =
        #""$id1":{"assetId":"$id1","sha256":"$sha1","role":"attachment","remoteUrl":"\#(signed)"}"#

    static let kept = [
        // The asset's own address in the document, at no remote of ours.
        Chapter.text(#"{"assetId":"$id1","src":"\#(signed)"}"#, manifest: "{\(entry)}"),
        Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{\(entry)}"),
        #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha1","role":"cover","remoteUrl":"\#(signed)"}}"#,
        // Not an asset yet, and nobody answers there.
        Chapter.text(#"{"src":"\#(signed)"}"#),
        #"{"id":"b1","coverImage":{"url":"\#(signed)"}}"#, #"{"id":"b1","gallery":["\#(signed)"]}"#,
        #"{"id":"c1","bookId":"b1","content":[{"type":"video","attrs":{"src":"\#(signed)"}}]}"#,
    ]

    @Test(arguments: kept) func `an address that expires is warned of wherever it stays`(_ text: String) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(text)
        let report = try await book.run(.resolve)
        let problems = report.problems(.addressExpires)
        #expect(problems.count == 1)
        #expect(report.severity(.addressExpires) == .warning)
        #expect(problems.first?.notes.contains { $0.contains("2024-05-01T10:00:00") } == true)
        #expect(problems.first?.notes.allSatisfy { !$0.contains("20240501T090000Z") } == true, "no secrets")
        let check = try await book.check()
        #expect(check.problems(.addressExpires).count == 1)
    }

    @Test func `where the picture is kept already nobody is told to import it`() async throws {
        var book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "1.png")
        let text =
            #"{"id":"b1","gallery":["\#(Self.signed)"],"chapters":["#
            + String(Chapter.text(#"{"src":"\#(Self.signed)"}"#).dropLast()) + "]}"
        try book.write(text)
        let dry = try await book.run(.migrate, to: .nowhere)
        #expect(dry.problems(.addressExpires).map(\.help) == [["import the picture before it does: 'tipin migrate'"]])
        book.settings.mediaRoot = book.path + "/media"
        try book.write(Picture(1), to: "media/store.example/1.png")
        for _ in 1...2 {
            let report = try await book.run(.migrate)
            #expect(report.codes == ["address-expires"])
            // The string of the gallery gave way to its FileRef.
            let problem = report.problems(.addressExpires).first
            #expect(report.problems(.addressExpires).count == 1)
            #expect(problem?.notes.last == "the picture is kept here, so that only the address ends")
            #expect(problem?.help.first?.hasPrefix("name a remote and run 'tipin sync'") == true)
        }
        #expect(try await book.check().problems(.addressExpires).first?.help.first?.contains("tipin sync") == true)
    }

    @Test(arguments: [true, false]) func `check and resolve give the same advice for an address that expires`(
        _ hasRemote: Bool
    ) async throws {
        let book = try TestBook(hasRemote: hasRemote)
        try await book.store([Picture(1)])
        let node = #"{"assetId":"$id1","src":"\#(Self.signed)"}"#
        let sync =
            hasRemote
            ? "run 'tipin sync' with the document: the remote's address takes the place of this one"
            : "name a remote and run 'tipin sync': its address takes the place of this one"
        // What the address leads to is told to be the asset, or nobody has read it.
        let cases = [
            (Self.entry, sync), (Chapter.entry(1), "import the picture before it does: 'tipin migrate'"),
        ]
        for (entry, help) in cases {
            try book.write(Chapter.text(node, manifest: "{\(entry)}"))
            for report in [try await book.check(), try await book.run(.resolve, to: .nowhere)] {
                #expect(report.problems(.addressExpires).map(\.help) == [[help]])
            }
        }
    }

    @Test(arguments: [true, false]) func `an address that is held gives way to a remote that there is`(
        _ hasRemote: Bool
    ) async throws {
        let book = try TestBook(hasRemote: hasRemote)
        try book.write(Chapter.text(#"{"src":{"image":"$data1"}}"#))
        for report in [try await book.run(.migrate), try await book.check()] {
            let help = try #require(report.problems(.dataURLInline).first?.help.first)
            #expect(help.hasPrefix(hasRemote ? "run 'tipin sync' with the document:" : "name a remote and run"))
        }
    }

    @Test func `a field's value of no known shape is named and not published`() async throws {
        let book = try TestBook()
        let text = #"{"id":"b1","coverImage":{"ref":"p1"},"gallery":["$data1",42]}"#
        try book.write(text)
        #expect(try await book.check().severity(.fieldValueUnknown) == .warning)
        #expect(try await book.check(.publish).severity(.fieldValueUnknown) == .error)
        let refused = try await book.run(.publish)
        #expect(refused.codes == ["document-not-published", "field-value-unknown"])
        #expect(try book.read() == book.expanded(text))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["field-value-unknown"])
        #expect(
            report.diagnostics.map(\.place?.pointer).sorted { $0 ?? "" < $1 ?? "" } == ["/coverImage", "/gallery/1"])
        #expect(try book.read().contains(#""coverImage":{"ref":"p1"},"gallery":[{"assetId""#))
    }

    @Test func `an address that is replaced is not warned of`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"\#(Self.signed)"}"#, manifest: "{\(Self.entry)}"))
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try !book.read().contains("X-Amz"))
    }

    @Test func `an address that lasts is not warned of`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let url = "https://store.example/1.png?alt=media&token=6b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
        let entry = Self.entry.replacing(Self.signed, with: url)
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"\#(url)"}"#, manifest: "{\(entry)}"))
        #expect(try await book.run(.resolve).codes.isEmpty)
    }

    static let alternates = [
        (#""srcset":"a.png 1x""#, "'srcset'"), (#""data-srcset":"a.png""#, "'data-srcset'"),
        (#""sources":[{"src":"a.webp"}]"#, "'sources'"), (#""poster":"a.png""#, "'poster'"),
    ]

    @Test(arguments: alternates) func `further addresses are left alone and told of`(
        _ attribute: String, _ name: String
    ) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Chapter.text(#"{"src":"$data1",\#(attribute),"alt":"Two  blanks","title":"T"}"#))
        for command in [TestBook.Command.migrate, .publish] {
            let report = try await book.run(command)
            #expect(report.codes == ["alternate-address-kept"])
            #expect(report.severity(.alternateAddressKept) == .warning)
            #expect(report.problems(.alternateAddressKept).first?.notes.first?.hasPrefix(name) == true)
            #expect(report.failedDocuments == 0)
        }
        #expect(
            try book.read().contains(
                book.expanded(
                    #"{"src":"$url1",\#(attribute),"alt":"Two  blanks","title":"T","assetId":"$id1"}"#)))
        #expect(try await book.check(.publish).codes == ["alternate-address-kept"])
    }

    @Test(arguments: [#""srcset":"""#, #""srcset":null"#, #""sources":[]"#, #""poster":7"#])
    func `an attribute without an address is nothing to tell of`(_ attribute: String) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Chapter.text(#"{"src":"$data1",\#(attribute)}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
    }

    @Test func `an object in the place of the address keeps its fallback`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        let object = #"{ "src": {"image":"$data1" , "fallback":"$data2"} }"#
        try book.write(Chapter.text(object))
        #expect(try await book.run(.publish).codes == ["alternate-address-kept"])
        let rewritten = #"{ "src": {"image":"$url1" , "fallback":"$data2"}, "assetId": "$id1" }"#
        #expect(try book.read().contains(book.expanded(rewritten)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test func `pictures in HTML are named, each in its place`() async throws {
        let book = try TestBook()
        let text =
            #"{"id":"c1","bookId":"b1","content":"<p><img src=\"a.png\" srcset='b.png 2x'></p>\n<p style='background:url(c.png)'>"}"#
        try book.write(text)
        for (command, severity) in [(TestBook.Command.migrate, Severity.warning), (.publish, .error)] {
            let report = try await book.run(command)
            let found = report.diagnostics.filter { $0.code == .htmlContent }
            #expect(
                found.map { $0.problem.notes } == [
                    ["'img src' is 'a.png'"], ["'img srcset' is 'b.png 2x'"], ["'p style' is 'c.png'"],
                ])
            #expect(found.allSatisfy { $0.severity == severity })
            let places = found.compactMap { found -> String? in
                guard let offset = found.place?.offset, let length = found.place?.length else { return nil }
                return String(decoding: Array(text.utf8)[offset..<(offset + length)], as: UTF8.self)
            }
            #expect(places == ["a.png", "b.png 2x", "c.png"])
            #expect((report.errorCount == 0) == (command == .migrate))
        }
        #expect(try book.read() == text)
    }

    @Test(arguments: [
        #"{"id":"c1","bookId":"b1","content":"{\"document\":\"{\\\"type\\\":\\\"doc\\\"\"}"}"#,
        #"{"content":"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"src\":\"p.png\"}}"}"#,
    ])
    func `what cannot be read is found in a wrapper in the string, and without an id`(text: String) async throws {
        let book = try TestBook()
        try book.write(text)
        #expect(try await book.check().codes.contains("content-unreadable"))
        let published = try await book.run(.publish)
        #expect(published.codes.contains("content-unreadable"))
        #expect(published.status == .failure)
        #expect(try book.read() == text)
    }

    @Test func `a document in a string that cannot be read keeps its document from being published`() async throws {
        let book = try TestBook()
        let text = #"{"id":"c1","bookId":"b1","content":"[{\"type\":\"image\",\"attrs\":{\"src\":\"p.png\"}}"}"#
        try book.write(text)
        let out = book.temporary.path + "/out"
        let migrated = try await book.run(.migrate, to: .folder(out))
        #expect(migrated.codes == ["content-unreadable"])
        #expect(migrated.severity(.contentUnreadable) == .warning)
        #expect(
            migrated.problems(.contentUnreadable).first?.notes == [
                "at byte 41 of the text: the text ends inside a value"
            ])
        #expect(FileManager.default.fileExists(atPath: out + "/c1.json"), "it goes with the others")
        let published = try await book.run(.publish)
        #expect(published.codes == ["content-unreadable", "document-not-published"])
        #expect(published.status == .failure)
        #expect(try book.read() == text)
    }

    @Test func `HTML without pictures is told of once`() async throws {
        let book = try TestBook()
        try book.write(#"{"id":"c1","bookId":"b1","content":"<p>Once upon a time</p>"}"#)
        #expect(try await book.run(.migrate).problems(.htmlContent).count == 1)
        #expect(try await book.run(.publish).codes == ["document-not-published", "html-content"])
    }

    @Test func `only a node is left without an address`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","coverImage":"$data1","gallery":[{"src":"$data2"}]}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
    }
}
