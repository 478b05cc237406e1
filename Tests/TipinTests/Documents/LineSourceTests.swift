import Testing
import TipinDiagnostics

@testable import Tipin

/// Lines that come in pieces.
struct LineSourceTests {
    /// Cuts a text as a stream does that gives so many bytes at a time.
    private static func pieces(of text: [UInt8], chunk: Int, limit: Int = 1 << 30) throws -> [LineSource.Piece] {
        var position = 0
        var source = LineSource(limit: limit) { _ in
            defer { position = min(position + chunk, text.count) }
            return Array(text[position..<min(position + chunk, text.count)])
        }
        var pieces: [LineSource.Piece] = []
        while let piece = try source.next() { pieces.append(piece) }
        return pieces
    }

    @Test(arguments: [1000, 65_536, 1 << 20, 5 << 20])
    func `pieces are whole lines and together the stream, however it comes`(chunk: Int) throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 9 << 20)
        let short = Array("one\n\ntwo\n".utf8)
        let text = short + long + [0x0A] + short + long + [0x0A] + short + Array("no end".utf8)
        let pieces = try Self.pieces(of: text, chunk: chunk)
        #expect(pieces.flatMap(\.bytes) == text)
        #expect(pieces.dropLast().allSatisfy { $0.bytes.last == 0x0A && !$0.isOversized })
        var (lines, offset) = (0, 0)
        for piece in pieces {
            #expect(piece.lineBase == lines)
            #expect(piece.offsetBase == offset)
            lines += piece.bytes.count { $0 == 0x0A }
            offset += piece.bytes.count
        }
    }

    @Test(arguments: [1, 7, 1000, 1 << 20]) func `the limit is for each line and exact`(chunk: Int) throws {
        let limit = 1000
        let fitting = [UInt8](repeating: UInt8(ascii: "x"), count: limit) + [0x0A]
        let long = [UInt8](repeating: UInt8(ascii: "y"), count: limit + 1) + [0x0A]
        let text = fitting + fitting + long + fitting + long.dropLast()
        let pieces = try Self.pieces(of: text, chunk: chunk, limit: limit)
        #expect(pieces.flatMap(\.bytes) == text)
        let oversized = pieces.filter(\.isOversized)
        #expect(Set(oversized.map(\.lineBase)) == [2, 4])
        #expect(oversized.flatMap(\.bytes) == long + long.dropLast())
        #expect(oversized.count(where: \.beginsLine) == 2)
    }

    @Test func `of a line that is not here as a whole it is said how long it is at least`() throws {
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 3000) + [0x0A]
        func notes(chunk: Int) throws -> [[String]] {
            let source = LineSource(limit: 1000) { _ in [] }
            return try Self.pieces(of: text, chunk: chunk, limit: 1000).filter(\.beginsLine)
                .map { source.problem(of: $0).problem.notes }
        }
        #expect(try notes(chunk: 1 << 20) == [["it has 3000 bytes"]])
        #expect(try notes(chunk: 1500) == [["it has at least 1500 bytes"]])
    }

    @Test(arguments: [1 << 30, 1000]) func `what was not given comes out with the beginning of a line`(
        _ limit: Int
    ) throws {
        let text = Array("a\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        var position = 0
        var source = LineSource(limit: limit) { wanted in
            if position > 1 << 20 { throw CancellationError() }
            defer { position = min(position + wanted, text.count) }
            return Array(text[position..<min(position + wanted, text.count)])
        }
        var given: [UInt8] = []
        #expect(throws: CancellationError.self) {
            while let piece = try source.next() { given += piece.bytes }
        }
        #expect(position < text.count)
        given += source.takeUngiven()
        // Not as arrays: the differences of long ones take minutes to tell.
        #expect(given.elementsEqual(text[..<position]))
        let more = source.takeUngiven()
        #expect(more.isEmpty)
    }

    @Test func `a line that is too long goes through in parts, and those after it are whole`() throws {
        let text = Array("a\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 3000) + Array("\nb\nc\n".utf8)
        let pieces = try Self.pieces(of: text, chunk: 100, limit: 1000)
        #expect(pieces.flatMap(\.bytes) == text)
        #expect(pieces.filter(\.isOversized).map(\.lineBase).allSatisfy { $0 == 1 })
        #expect(pieces.filter { $0.isOversized && $0.beginsLine }.count == 1)
        #expect(pieces.last { !$0.isOversized }?.lineBase == 2)
    }
}
