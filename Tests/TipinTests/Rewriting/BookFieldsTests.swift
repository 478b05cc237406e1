import Testing
import Tipin
import TipinDiagnostics

/// RULES 4 "Book fields".
struct BookFieldsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String
        var hasOtherAddress = false
    }

    private static let url = #","remoteUrl":"$url1""#
    private static let ref = Chapter.ref(1, url, role: "cover")
    private static let factsAlone = #""sha256":"$sha1","role":"cover","mime":"image/png","width":3,"height":2"#
    private static let facts = #""sha256":"$sha1","role":"cover","mime":"image/png","width":3,"height":2\#(url)"#

    static let cases = [
        Case(testDescription: "a data: URL", before: #""$data1""#, after: ref),
        Case(testDescription: "an address at the remote", before: #""$url1""#, after: ref),
        Case(testDescription: "an id", before: #""$id1""#, after: ref),
        Case(
            testDescription: "an object with a url", before: #"{"url":"$data1","alt":"The cover"}"#,
            after: #"{"url":"$url1","alt":"The cover","assetId":"$id1",\#(facts)}"#),
        Case(
            testDescription: "an object with two addresses: the rule table's first",
            before: #"{"url":"$data2","src":"$data1"}"#,
            after: #"{"url":"$data2","src":"$url1","assetId":"$id1",\#(facts)}"#, hasOtherAddress: true),
        Case(
            testDescription: "an object with an id alone", before: #"{"assetId":"$id1"}"#,
            after: #"{"assetId":"$id1",\#(facts)}"#),
        Case(
            testDescription: "a file reference without an id", before: #"{"sha256":"$sha1","localPath":"gone.png"}"#,
            after:
                #"{"sha256":"$sha1","assetId":"$id1","role":"cover","mime":"image/png","width":3,"height":2\#(url)}"#),
        Case(
            testDescription: "a file reference with its address alone", before: #"{"remoteUrl":"$url1"}"#,
            after: #"{"remoteUrl":"$url1","assetId":"$id1",\#(factsAlone)}"#),
        Case(
            testDescription: "a file reference with a path alone", before: #"{"localPath":"1.png"}"#,
            after: #"{"assetId":"$id1",\#(facts)}"#),
        Case(
            testDescription: "an object with an image", before: #"{"image":"$data1"}"#,
            after: #"{"image":"$url1","assetId":"$id1",\#(facts)}"#),
        Case(
            testDescription: "a file reference without a role", before: #"{"sha256":"$sha1","assetId":"$id1"}"#,
            after:
                #"{"sha256":"$sha1","assetId":"$id1","role":"cover","mime":"image/png","width":3,"height":2\#(url)}"#),
        Case(
            testDescription: "a file reference with another role and size",
            before: #"{"assetId":"$id1","sha256":"$sha1","role":"banner","width":30,"mime":"image/x-png"}"#,
            after:
                #"{"assetId":"$id1","sha256":"$sha1","role":"banner","width":30,"mime":"image/x-png","height":2\#(url)}"#
        ),
    ]

    @Test(arguments: cases) func `cover of a book becomes a file reference`(_ field: Case) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1), Picture(2)])
        try book.write(Picture(1), to: "1.png")
        try book.write(#"{"id":"b1","coverImage":\#(field.before),"title":"T"}"#, to: "book.json")
        let codes = try await book.run(.migrate).codes
        #expect(codes == (field.hasOtherAddress ? ["alternate-address-kept"] : []))
        let expected = book.expanded(#"{"id":"b1","coverImage":\#(field.after),"title":"T"}"#)
        #expect(try book.read("book.json") == expected)
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    /// The member that the app reads its picture from.
    @Test(arguments: ["src", "url", "href", "path", "image"])
    func `a member whose address goes has the remote's once there is one`(_ name: String) async throws {
        let book = try TestBook()
        let before = book.expanded(#"{"id":"b1","coverImage":{"alt":"A","\#(name)":"$data1"}}"#)
        try book.write(before)
        func expected(_ address: String, _ url: String = "") -> String {
            let members = #""alt":"A","\#(name)":\#(address),"assetId":"$id1",\#(Self.factsAlone)\#(url)"#
            return book.expanded(#"{"id":"b1","coverImage":{\#(members)}}"#)
        }
        try await book.plan(.migrate)
        #expect(try await book.apply().codes.isEmpty)
        #expect(try book.read() == expected("null"))
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read() == before)
        for changed in [1, 0] {
            #expect(try await book.run(.migrate).changedDocuments == changed)
            #expect(try book.read() == expected("null"))
        }
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read() == expected(#""$url1""#, Self.url))
        for command in [TestBook.Command.publish, .migrate, .publish] {
            #expect(try await book.run(command).changedDocuments == 0)
        }
        for changed in [1, 0] {
            let report = try await book.run(.migrate) { $0.dropsSrc = true }
            #expect(report.changedDocuments == changed)
            #expect(try book.read() == expected("null", Self.url))
        }
    }

    @Test(arguments: [#""localPath":"1.png","#, #""remoteUrl":null,"#, ""], TestBook.Command.allCases)
    func `a member that says null beside a file reference without an address has it too`(
        _ members: String, _ command: TestBook.Command
    ) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Picture(1), to: "1.png")
        try book.write(#"{"id":"b1","coverImage":{\#(members)"assetId":"$id1","sha256":"$sha1","url":null}}"#)
        for changed in [1, 0] {
            #expect(try await book.run(command).changedDocuments == changed)
            #expect(try book.read().contains(book.expanded(#""url":"$url1""#)))
        }
    }

    /// No link, no local copy: the app's own words.
    @Test(arguments: ["href", "path", "url"], TestBook.Command.allCases)
    func `a member that says null beside a file reference with its address is left`(
        _ name: String, _ command: TestBook.Command
    ) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        for known in [#""assetId":"$id1","sha256":"$sha1","#, #""sha256":"$sha1","#, ""] {
            for url in ["$url1", "https://old.example/books/b1/$sha1.png"] where url == "$url1" || !known.isEmpty {
                try book.write(#"{"id":"b1","coverImage":{\#(known)"remoteUrl":"\#(url)","\#(name)":null}}"#)
                for _ in 1...2 {
                    try await book.run(command)
                    #expect(try book.read().contains(#""\#(name)":null"#))
                }
                #expect(try await book.run(command).changedDocuments == 0)
            }
        }
    }

    /// Null in its place could not be told from the app's own.
    @Test(arguments: ["$data1", "1.png"])
    func `an address beside a file reference's own stays until the remote's takes its place`(
        _ address: String
    ) async throws {
        let book = try TestBook()
        try book.write(Picture(1), to: "1.png")
        func cover(_ address: String) -> String {
            #"{"id":"b1","coverImage":{"url":"\#(address)","remoteUrl":"https://old.example/1.png""#
        }
        try book.write(cover(address) + "}}")
        for changed in [1, 0] {
            let report = try await book.run(.migrate)
            #expect(report.changedDocuments == changed)
            #expect(report.codes == [address == "1.png" ? "local-address" : "data-url-inline"])
            #expect(try book.read().hasPrefix(book.expanded(cover(address))))
        }
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"url":"$url1","remoteUrl":"$url1","#)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test func `an address that hides another stays until a better one is known`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","coverImage":{"url":"$data2","src":"$data1"}}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["alternate-address-kept", "data-url-inline"])
        let facts = #""sha256":"$sha1","role":"cover","mime":"image/png","width":3,"height":2"#
        let expected = #"{"id":"b1","coverImage":{"url":"$data2","src":"$data1","assetId":"$id1",\#(facts)}}"#
        #expect(try book.read("book.json") == book.expanded(expected))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `an entry that failed keeps its value and its place`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1), Picture(2)])
        try book.write(#"{"id":"b1","gallery":["$data1", "gone.png" ,{"url":"gone2.png"},"$data2"]}"#, to: "book.json")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-missing"])
        let first = Chapter.ref(1, Self.url, role: "gallery")
        let last = Chapter.ref(2, #","remoteUrl":"$url2""#, role: "gallery")
        #expect(
            try book.read("book.json")
                == book.expanded(#"{"id":"b1","gallery":[\#(first), "gone.png" ,{"url":"gone2.png"},\#(last)]}"#))
    }

    @Test func `a document laid out by hand keeps its lines`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(
            """
            {\r
            \t"id": "b1",\r
            \t"coverImage": { "url": "$data1", "size": 1.0E2 },\r
            \t"big": 12345678901234567890\r
            }
            """, to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        let text = try book.read("book.json")
        #expect(text.hasPrefix("{\r\n\t\"id\": \"b1\",\r\n"))
        #expect(text.hasSuffix("\r\n\t\"big\": 12345678901234567890\r\n}"))
        #expect(text.contains(#""size": 1.0E2"#))
    }

    static let untouched = [
        #"{"src":"$data1","alt":"$data2 and","title":"pic.png","caption":null,"srcset":"a.png 1x, b.png 2x","data-x":[1.0,{"y":"z\u0041"}]}"#
    ]

    @Test(arguments: untouched) func `other attributes stay to the byte`(_ attributes: String) async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Chapter.text(attributes))
        #expect(try await book.run(.migrate).codes == ["alternate-address-kept"])
        let node = attributes.replacing("$data1", with: "$url1").dropLast() + #","assetId":"$id1"}"#
        #expect(
            try book.read()
                == book.expanded(Chapter.text(String(node), manifest: "{" + Chapter.entry(1, Self.url) + "}")))
    }

    @Test(arguments: ["1.png", "gone.png", "blob:https://app.example/1"])
    func `of a file reference's own addresses the first that can be read counts`(_ path: String) async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.mediaRoot = book.path + "/media"
        let isHere = path == "1.png"
        // Nobody answers at the host, but its folder is here for what is not beside the book.
        try book.write(Picture(1), to: isHere ? path : "media/old.example/x.png")
        let url = "https://old.example/x.png"
        let cover = #"{"remoteUrl":"\#(url)","localPath":"\#(path)"}"#
        try book.write(#"{"id":"b1","coverImage":\#(cover)}"#)
        let checked = try await book.check().codes
        #expect(checked.filter { $0 != "bytes-not-looked-at" } == [isHere ? "local-address" : "legacy-url"])
        for changed in [1, 0] {
            let report = try await book.run(.migrate)
            #expect(report.codes.isEmpty)
            #expect(report.changedDocuments == changed)
        }
        let rewritten = #"{"id":"b1","coverImage":{"remoteUrl":"\#(url)","assetId":"\#(Picture(1).id)","#
        #expect(try book.read().hasPrefix(rewritten))
        #expect(try !book.read().contains("localPath"))
    }

    @Test func `a picture that the catalog knows by its address needs no file`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(book.expanded(#"{"id":"b1","coverImage":{"remoteUrl":"$url1","localPath":"gone.png"}}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read().contains(Picture(1).id))
    }
}
