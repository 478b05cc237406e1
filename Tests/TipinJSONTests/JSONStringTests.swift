import Testing
import TipinTestSupport

@testable import TipinJSON

struct JSONStringTests {
    @Test(arguments: [
        (#""abc""#, "abc"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
        (#""\u0041\u00e9""#, "Aé"),
        (#""\ud83d\ude00""#, "😀"), (#""\ud800""#, "\u{FFFD}\u{FFFD}\u{FFFD}"), (#""a\u0000b""#, "a\0b"),
        (#""é😀""#, "é😀"),
    ])
    func `a token's text is unescaped`(token: String, text: String) {
        #expect(Array(token.utf8).withUnsafeBufferPointer(JSONString.text) == text)
    }

    @Test(
        arguments: [
            (#""\ud800""#, [0xED, 0xA0, 0x80]), (#""\udc00""#, [0xED, 0xB0, 0x80]),
            (#""\ud800\u0041""#, [0xED, 0xA0, 0x80, 0x41]),
            (#""\ud800\ud800\udc00""#, [0xED, 0xA0, 0x80, 0xF0, 0x90, 0x80, 0x80]),
            (#""\ud800\u0000""#, [0xED, 0xA0, 0x80, 0]),
            (#""\ud83d\n""#, [0xED, 0xA0, 0xBD, 0x0A]),
        ] as [(String, [UInt8])])
    func `lone surrogates keep bytes of their own`(token: String, bytes: [UInt8]) {
        let decoded = Array(token.utf8).withUnsafeBufferPointer(JSONString.decode)
        #expect(decoded == bytes)
        let again = JSONString.encode(decoded)
        #expect(again.withUnsafeBufferPointer(JSONString.decode) == bytes)
    }

    @Test func `what is written is ASCII and reads as it was`() throws {
        let text = "é😀\u{7F}\u{0}/\"\\\u{2028}\r\n\t\u{FEFF}"
        for escapesSlash in [false, true] {
            let token = JSONString.encode(text, EscapeStyle(escapesSlash: escapesSlash))
            #expect(token.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
            #expect(token.withUnsafeBufferPointer(JSONString.text) == text)
            #expect(String(decoding: token, as: UTF8.self).contains("\\/") == escapesSlash)
            #expect(try TokenList.tokens(of: token).count == 1)
        }
    }

    @Test func `what stands for itself is found at any place`() {
        let plain = Array("plain text, long enough for a few words of eight".utf8)
        let special: [[UInt8]] = [[0x00], [0x1F], [0x22], [0x2F], [0x5C], [0x7F], Array("é".utf8), Array("😀".utf8)]
        for place in 0...40 {
            for piece in special {
                let text = plain[..<place] + piece + plain[place...]
                for escapesSlash in [false, true] {
                    for keepsUnicode in [false, true] {
                        let style = EscapeStyle(escapesSlash: escapesSlash)
                        var whole: [UInt8] = []
                        JSONString.append(text, to: &whole, style, keepsUnicode: keepsUnicode)
                        var single: [UInt8] = []
                        func add(_ part: [UInt8]) {
                            JSONString.append(part, to: &single, style, keepsUnicode: keepsUnicode)
                        }
                        for byte in plain[..<place] { add([byte]) }
                        add(piece)
                        for byte in plain[place...] { add([byte]) }
                        #expect(whole == single, "\(piece) at \(place)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (#""src""#, "src", true), (#""s\u0072c""#, "src", true), (#""\u0073\u0072\u0063""#, "src", true),
        (#""srx""#, "src", false), (#""s\\u0072c""#, "src", false), (#""s\\u0072c""#, #"s\u0072c"#, true),
        (#""a\\b""#, #"a\\b"#, false), (#""""#, "", true), (#""e\u0301""#, "é", false),
    ])
    func `keys are equal after unescaping`(token: String, name: String, isEqual: Bool) {
        Array(token.utf8).withUnsafeBufferPointer {
            #expect(JSONString.equals($0, name) == isEqual)
            #expect(JSONString.equals($0, Array(name.utf8)) == isEqual)
        }
    }

    @Test func `offsets lead back through the strings around a text`() {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let pieces = ["a", "é", "😀", "\"", "\\", "/", "\n", "\u{1}", "abcdefgh"]
            let inner = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let text = Array(inner.joined().utf8)
            let once = JSONString.encode(text, EscapeStyle(escapesSlash: random.oneIn(2)))
            let twice = [0x5B] + JSONString.encode(once) + [0x5D]
            let nested = twice.withUnsafeBufferPointer { NestedText(4..<(twice.count - 4), nesting: 2, of: $0) }
            #expect(nested.bytes == text, "seed \(seed)")
            let start = inner[..<(inner.count / 2)].joined().utf8.count
            let range = twice.withUnsafeBufferPointer { nested.documentRange(of: start..<text.count, in: $0) }
            #expect(range.upperBound == twice.count - 4)
            let back = twice.withUnsafeBufferPointer { NestedText(range, nesting: 2, of: $0).bytes }
            #expect(back == Array(text[start...]), "seed \(seed)")
        }
    }
}
