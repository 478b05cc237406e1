import Testing
import TipinTestSupport

@testable import TipinJSON

struct LineCounterTests {
    @Test func `counts lines and scalars as one by one`() {
        var random = SeededGenerator(seed: 2)
        let pieces = ["a", "\n", "é", "€", "😀", "\r\n", "bc", "plain text, long enough", "\n\n", "\u{8A}"]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...120, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }
            .joined()
            let bytes = Array(text.utf8)
            bytes.withUnsafeBufferPointer { buffer in
                var counter = LineCounter(buffer)
                var offset = 0
                while offset <= bytes.count {
                    let (line, column) = counter.position(of: offset)
                    let before = bytes[..<offset]
                    #expect(line == 1 + before.count { $0 == 0x0A })
                    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
                    #expect(column == 1 + before[start...].count { $0 & 0xC0 != 0x80 })
                    offset += Int.random(in: 1...90, using: &random)
                }
            }
        }
    }

    @Test func `an offset before the last one is counted from the start`() {
        Array("a\nbc\nd".utf8).withUnsafeBufferPointer { text in
            var counter = LineCounter(text)
            #expect(counter.position(of: 6) == (3, 2))
            #expect(counter.position(of: 3) == (2, 2))
        }
    }
}
