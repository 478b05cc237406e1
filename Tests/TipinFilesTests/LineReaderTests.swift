import Glibc
import Testing
import TipinFiles
import TipinTestSupport

struct LineReaderTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private func lines(_ text: [UInt8], limit: Int = 1 << 20) throws -> [LineReader.Line] {
        try temporary.write(text, to: "lines")
        var reader = LineReader(try temporary.folder().openFile("lines"), limit: limit)
        var lines: [LineReader.Line] = []
        while let line = try reader.next() { lines.append(line) }
        return lines
    }

    private static let long = [UInt8](repeating: 0x78, count: 700_000)

    @Test(
        arguments: [
            ("", []), ("\n", [""]), ("a\nb\n", ["a", "b"]), ("\n\na\n", ["", "", "a"]), ("é\r\n", ["é\r"]),
        ] as [(String, [String])])
    func `ended lines come without their line feed`(text: String, expected: [String]) throws {
        let lines = try lines(Array(text.utf8))
        #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
        #expect(!lines.contains { !$0.isEnded })
    }

    @Test func `a last line without a line feed is told apart`() throws {
        let lines = try lines(Array("a\nb".utf8))
        #expect(lines.map(\.isEnded) == [true, false])
        #expect(lines.last?.bytes == Array("b".utf8))
    }

    @Test func `of a long line only the beginning is given where no more is wanted`() throws {
        try temporary.write(Self.long + Array("\nab\n".utf8) + Self.long, to: "lines")
        var reader = LineReader(try temporary.folder().openFile("lines"), limit: 600_000, keeping: 1000)
        let first = try #require(try reader.next())
        #expect(first.isEnded)
        #expect((1000..<600_000).contains(first.bytes.count))
        #expect(try reader.next()?.bytes == Array("ab".utf8))
        #expect(try reader.next()?.isEnded == false)
        #expect(try reader.next() == nil)
    }

    @Test func `lines that are longer than what is read at once are whole`() throws {
        let text = Self.long + [0x0A] + Array("short\n".utf8) + Self.long + [0x0A]
        #expect(try lines(text).map(\.bytes) == [Self.long, Array("short".utf8), Self.long])
    }

    @Test func `a line over the limit is refused`() throws {
        let error = #expect(throws: FileError.self) { try lines(Self.long + [0x0A], limit: 300_000) }
        #expect(error?.number == EFBIG)
    }
}
