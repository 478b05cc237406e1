import Testing
import TipinTestSupport

@testable import TipinJSON

struct EditTests {
    @Test func `edits in any order give the same bytes`() {
        let text = MarkedText(#"{"a":«1»,"b":«"x"»«»}"#)
        let edits = zip(text.ranges, ["20", "null", #","c":true"#]).map { Edit($0, Array($1.utf8)) }
        let expected = #"{"a":20,"b":null,"c":true}"#
        expectRewrite(text.string, to: expected, by: edits)
        expectRewrite(text.string, to: expected, by: edits.reversed())
    }

    @Test func `an insertion before a replacement stands before it in any order`() {
        let text = MarkedText("[«»«1»]")
        let edits = [Edit(text.ranges[1], Array("2".utf8)), Edit(text.ranges[0], Array("0,".utf8))]
        expectRewrite(text.string, to: "[0,2]", by: edits)
    }

    @Test func `no edits give the same bytes`() {
        let bytes = Array("\u{FEFF}{ \"a\" : 1.0 }\r\n".utf8)
        #expect([Edit]().applied(to: bytes) == bytes)
        #expect([Edit]().inverted(from: bytes).isEmpty)
    }

    @Test func `random splices equal a list of pieces put together`() {
        for seed in UInt64(1)...300 {
            var random = SeededGenerator(seed: seed)
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var edits: [Edit] = []
            var pieces: [[UInt8]] = []
            var position = 0
            while position < bytes.count {
                let start = Int.random(in: position...bytes.count, using: &random)
                let end = Int.random(in: start...min(bytes.count, start + 9), using: &random)
                let replacement = (0..<Int.random(in: 0...9, using: &random)).map { UInt8($0) }
                edits.append(Edit(start..<end, replacement))
                pieces += [Array(bytes[position..<start]), replacement]
                position = end + 1
                if end < bytes.count { pieces.append([bytes[end]]) }
            }
            let expected = pieces.flatMap { $0 }
            edits.shuffle(using: &random)
            #expect(edits.applied(to: bytes) == expected, "seed \(seed)")
            #expect(edits.inverted(from: bytes).applied(to: expected) == bytes, "seed \(seed)")
        }
    }
}
