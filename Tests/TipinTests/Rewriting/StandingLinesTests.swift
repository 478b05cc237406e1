import Foundation
import Synchronization
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Which of the lines that stand in an output folder stay there.
struct StandingLinesTests {
    /// So much in each line that they are worked on piece by piece, or nothing.
    private static let paddings = ["", String(repeating: "x", count: 400_000)]
    private static let name = "all.ndjson"

    private static func write(_ lines: [String], _ padding: String, _ book: TestBook) throws {
        let padded = lines.map { #"{"pad":"\#(padding)","# + $0.dropFirst() }
        try book.write(padded.joined(separator: "\n") + "\n", to: name)
    }

    private static func publish(_ books: String..., of book: TestBook) async throws -> RunReport {
        var book = book
        book.settings.books = books
        return try await book.run(.publish, to: .folder(book.temporary.path + "/out"))
    }

    private static func output(_ book: TestBook) throws -> [Substring] {
        String(decoding: try book.temporary.read("out/" + name), as: UTF8.self).split(separator: "\n")
    }

    /// What kept the lines together, and where.
    private static func reason(_ report: RunReport) throws -> (message: String, line: Int?) {
        let all = report.diagnostics.filter { $0.problem.headline.hasPrefix("none of the lines") }
        try #require(all.count == 1)
        return (String(all[0].problem.headline.trimmingPrefix("none of the lines was published, ")), all[0].place?.line)
    }

    @Test(arguments: [true, false])
    func `what another run publishes meanwhile stays`(_ isThere: Bool) async throws {
        var book = try TestBook()
        let other = Chapter.line(#"{"src":"$data4"}"#, id: "other").replacing("b1", with: "b2")
        func lines(_ number: Int) -> [String] {
            [other] + (0..<15).map { Chapter.line(#"{"src":"$data\#(number)"}"#, id: "n\($0)") }
        }
        if isThere {
            try Self.write(lines(1), Self.paddings[1], book)
            #expect(try await Self.publish("b1", of: book).errorCount == 0)
        }
        try Self.write(lines(2), Self.paddings[1], book)
        let out = book.temporary.path + "/out/"
        let theirs = Data("theirs, and much shorter\n".utf8)
        let isDone = Atomic(false)
        book.host.failpoint = { operation, place in
            let isMoment = operation == .createFile && place.hasPrefix(out) && place.hasSuffix(".assettmp")
            if isMoment, !isDone.exchange(true, ordering: .relaxed) {
                #expect(throws: Never.self) {
                    try theirs.write(to: URL(fileURLWithPath: out + Self.name), options: .atomic)
                }
            }
            return .proceed
        }
        let report = try await Self.publish("b1", of: book)
        let isMet = isDone.load(ordering: .relaxed)
        #expect(isMet)
        #expect(report.codes == ["document-changed", "foreign-book"])
        #expect((report.failedDocuments, report.writtenFiles.count) == (15, 0))
        #expect(try Data(book.temporary.read("out/" + Self.name)) == theirs)
    }

    @Test(arguments: paddings)
    func `a line without an id that another book's run published stays, and all others with it`(
        _ padding: String
    ) async throws {
        let book = try TestBook()
        let other = Chapter.line(#"{"src":"$data2"}"#, id: "x")
            .replacing(#""id":"x","bookId":"b1""#, with: #""bookId":"b2""#)
        let own = (0..<15).map { Chapter.line(#"{"src":"$data1"}"#, id: "n\($0)") }
        try Self.write([own[0], other] + own[1...], padding, book)
        #expect(try await Self.publish("b2", of: book).changedDocuments == 1)
        #expect(try Self.output(book)[1].contains(TestBook.base))
        let published = book.manifest(below: "out")
        let report = try await Self.publish("b1", of: book)
        #expect(book.manifest(below: "out") == published)
        #expect(report.codes == ["document-not-published", "foreign-book"])
        #expect(report.failedDocuments == 15)
        #expect(try Self.reason(report) == ("because one that stays has no id", 2))
        #expect(try await Self.publish("b1", "b2", of: book).changedDocuments == 16)
        #expect(try Self.output(book).allSatisfy { $0.contains(TestBook.base) })
    }

    @Test(arguments: paddings)
    func `lines without ids of their own keep nothing back that stands as they are`(_ padding: String) async throws {
        let book = try TestBook()
        let others = ["x", "y", "y"].enumerated().map { index, id in
            Chapter.line(#"{"src":"$data\#(index + 4)"}"#, id: id).replacing(
                #""id":"\#(id)","bookId":"b1""#, with: (id == "x" ? "" : #""id":"y","#) + #""bookId":"b2""#)
        }
        for number in 1...2 {
            let own = (0..<15).map { Chapter.line(#"{"src":"$data\#(number)"}"#, id: "n\($0)") }
            try Self.write(others + own, padding, book)
            let report = try await Self.publish("b1", of: book)
            #expect(report.codes == ["foreign-book"])
            #expect((report.changedDocuments, report.failedDocuments) == (15, 0))
            let output = try Self.output(book)
            #expect(output[3...].allSatisfy { $0.contains(Picture(number).id) })
            for (line, other) in zip(output, others) { #expect(line.hasSuffix(book.expanded(other).dropFirst())) }
        }
    }

    @Test(arguments: paddings, [["gone.png", "gone.png"], ["gone.png", "$data3"], ["$data3", "gone.png"]])
    func `nobody can tell to which of two lines of one id an older line belongs`(
        _ padding: String, _ sources: [String]
    ) async throws {
        let book = try TestBook()
        let own = (0..<15).map { Chapter.line(#"{"src":"$data1"}"#, id: "n\($0)") }
        func same(_ source: String) -> String { Chapter.line(#"{"src":"\#(source)"}"#, id: "same") }
        try Self.write([same("$data2")] + own, padding, book)
        #expect(try await Self.publish("b1", of: book).codes.isEmpty)
        let published = book.manifest(below: "out")
        try Self.write([same(sources[0])] + own + [same(sources[1])], padding, book)
        let report = try await Self.publish("b1", of: book)
        #expect(book.manifest(below: "out") == published)
        #expect(try Self.reason(report) == ("because one that stays shares its id", 17))
        #expect(report.failedDocuments == 17)
    }
}
