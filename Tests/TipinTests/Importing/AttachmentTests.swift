import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinTestSupport

/// Videos, sounds and files: imported where the allowed types have theirs, else left with a warning.
struct AttachmentTests {
    private static func node(_ type: String, _ attributes: String) -> String {
        #"{"id":"c1","bookId":"b1","content":[{"type":"\#(type)","attrs":{\#(attributes)}}]}"#
    }

    static let passed = [
        node("video", #""src":"https://videos.example/a.mp4""#), node("video", #""src":"blob:http://h/1""#),
        node("audio", #""src":"pictures/none.mp3""#), node("artVideo", #""src":"asset://localhost/%2Fa.mp4""#),
        node("attachment", #""url":"/api/files/1/a.zip","attachmentId":"a1""#),
        node("file", #""url":"https://files.example/a.PDF?x=1""#),
        node("file", #""src":"data:application/pdf;base64,JVBERi0xLjQK""#),
        node("file", #""src":"data:,hello""#), node("file", #""src":"notes.bin""#),
        node("pdf", #""src":"notes.pdf""#), node("document", #""mime":"application/msword","src":"notes""#),
        node("file", #""url":"idb:7""#), node("fileAttachment", #""attachmentId":"nobody""#),
    ]

    @Test(arguments: passed) func `an attachment of another type never fails a book`(_ text: String) async throws {
        let book = try TestBook()
        try book.write(text)
        try book.temporary.write("\u{1}\u{2} no picture", to: "book/notes.bin")
        for command in [TestBook.Command.migrate, .publish] {
            let report = try await book.run(command)
            #expect(report.codes == ["type-not-allowed"])
            #expect(report.severity(.typeNotAllowed) == .warning)
            #expect(report.failedDocuments == 0)
        }
        #expect(try book.read() == text)
        let check = try await book.check(.publish)
        #expect(check.errorCount == 0)
        #expect(check.codes.contains("type-not-allowed") || check.codes == ["legacy-url"])
    }

    @Test func `an attachment of an allowed type is imported`() async throws {
        var book = try TestBook()
        book.settings.importLimits.allowed.insert(.pdf)
        let pdf = "data:application/pdf;base64,JVBERi0xLjQKJSVFT0YK"
        try book.write(
            #"{"id":"c1","bookId":"b1","content":[{"type":"file","attrs":{"url":"\#(pdf)","name":"a.pdf"}}]}"#)
        // A PDF cannot be looked into; that may be said, and keeps nothing from being published.
        #expect(try await book.run(.publish).errorCount == 0)
        #expect(try book.read().contains(#""attrs":{"url":"https://cdn.example/books/b1/"#))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test func `a picture in a node for files is imported`() async throws {
        let book = try TestBook()
        try book.write(Self.node("attachment", #""href":"$data1","title":"t""#))
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"href":"$url1","title":"t","assetId":"$id1"}"#)))
    }

    @Test func `an allowed attachment that is missing is an error`() async throws {
        var book = try TestBook()
        book.settings.importLimits.allowed.insert(.pdf)
        try book.write(Self.node("pdf", #""src":"gone.pdf""#))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-missing"] && report.errorCount == 1)
    }

    @Test func `a link to a named host is rewritten and found again`() async throws {
        var book = try TestBook()
        try book.temporary.write(Picture(1).bytes, to: "media/old.example/a.png")
        book.settings.mediaRoot = book.temporary.path + "/media"
        var table = book.settings.rules.table
        table.nodes.append(RuleTable.link(hosts: ["old.example", "cdn.example"]))
        book.settings.rules = CompiledRules(table)
        let link = #"{"type":"link","attrs":{"href":"HREF","target":"_blank"}}"#
        let page = #"{"type":"link","attrs":{"href":"https://page.example/"}}"#
        func text(_ href: String, _ id: String = "") -> String {
            let mark = link.replacing("HREF", with: href).replacing(#""_blank""#, with: #""_blank"\#(id)"#)
            return #"{"id":"c1","bookId":"b1","content":[{"type":"text","marks":[\#(mark),\#(page)],"text":"x"}]"#
        }
        try book.write(text("https://old.example/a.png") + "}")
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().hasPrefix(book.expanded(text("$url1", #","assetId":"$id1""#))))
        // An editor that does not know the attribute drops it.
        try book.write(text("$url1") + "}")
        let report = try await book.run(.publish)
        #expect(report.codes.isEmpty && report.mentions == 1)
        #expect(try book.read().hasPrefix(book.expanded(text("$url1", #","assetId":"$id1""#))))
    }
}
