import Testing
import TipinTestSupport

@testable import TipinJSON

struct TokenizerTests {
    @Test(arguments: [
        #"«{» «"a"»:«1.0» , «"b"» : «[» «"x\"y"» ,«null»,«true» , «-1e400»«]»«}»"#,
        "«12345678901234567890123456789»",
        "\u{FEFF}«{»«\"k\"»:«false»\r\n\t«}» \n",
        #"«"\ud800 \u0000 \/"»"#,
        "«0»",
    ])
    func `a token's range is its bytes`(text: String) throws {
        let marked = MarkedText(text)
        #expect(try TokenList.tokens(of: marked.bytes).map(\.range.range) == marked.ranges)
    }

    @Test func `every kind of token has its name`() throws {
        let tokens = try TokenList.tokens(of: Array(#"{"k":["s",1,true,false,null]}"#.utf8))
        #expect(
            tokens.map(\.kind) == [
                .objectStart, .key, .arrayStart, .string, .number, .boolean, .boolean, .null, .arrayEnd, .objectEnd,
            ])
    }

    @Test(
        arguments: [
            ("", .empty), (" \n\t", .empty), ("\u{FEFF}", .empty), ("[1,\u{0C}«»2]", .invalidWhitespace),
            ("[1]\u{0B}", .invalidWhitespace), ("\u{0C}[1]", .invalidWhitespace), (#"{"a":[1"#, .truncated),
            (#"["abc"#, .truncated), ("tru", .truncated),
        ] as [(String, JSONError.Reason)])
    func `a text that is refused says why`(text: String, reason: JSONError.Reason) throws {
        let error = #expect(throws: JSONError.self) { try TokenList.tokens(of: MarkedText(text).bytes) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: ["[1] [2]", "{} x", "[1,]", "[\"a\u{1}b\"]", "{'a':1}", "[01]", "[1.]", "/* */[]", "[NaN]", "]"])
    func `what RFC 8259 does not have is a syntax error`(text: String) throws {
        let error = #expect(throws: JSONError.self) { try TokenList.tokens(of: Array(text.utf8)) }
        guard case .syntax = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82],
            [0xFF],
            [0xF7, 0xBF, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xC1, 0xBF],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused where they stand`(wrong: [UInt8]) {
        for (before, after) in [(#"{"a":"é"#, #""}"#), (#"{"é"#, #"":1}"#), ("[1] ", ""), ("", "")] {
            let error = #expect(throws: JSONError.self) {
                try TokenList.tokens(of: Array(before.utf8) + wrong + Array(after.utf8))
            }
            #expect(error == JSONError(.invalidUTF8, at: before.utf8.count))
        }
    }

    @Test func `the check of UTF-8 agrees with the standard library`() {
        var random = SeededGenerator(seed: 7)
        let parts: [[UInt8]] = [
            [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x92, 0xA9], [0xED, 0xA0, 0x80], [0x80], [0xC0],
            [0xF4, 0x8F, 0xBF, 0xBF], [0xEF, 0xBF, 0xBF], [0xE0, 0x9F, 0xBF], Array(repeating: 0x61, count: 40),
        ]
        for _ in 0..<3000 {
            let count = Int.random(in: 0...70, using: &random)
            let oneInSoMany = Int.random(in: 1...200, using: &random)
            var bytes = (0..<count).flatMap { _ in
                parts[Int.random(in: 0..<(random.oneIn(oneInSoMany) ? parts.count : 4), using: &random)]
            }
            bytes.removeLast(min(bytes.count, Int.random(in: 0...3, using: &random)))
            let offset = bytes.withUnsafeBufferPointer { text in
                text.baseAddress.flatMap { UTF8Check.firstError(in: $0, from: 0, to: text.count) }
            }
            #expect((offset == nil) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
            guard let offset else { continue }
            #expect(String(validating: bytes[..<offset], as: UTF8.self) != nil, "\(bytes)")
            for next in bytes[offset...].indices.prefix(4) {
                #expect(String(validating: bytes[offset...next], as: UTF8.self) == nil, "\(bytes)")
            }
        }
    }

    @Test func `nesting up to the limit is read and one more is refused`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
        }
        #expect(try TokenList.tokens(of: nested(512)).count == 1024)
        for depth in [513, 100_000, 1_000_000] {
            let error = #expect(throws: JSONError.self) { try TokenList.tokens(of: nested(depth)) }
            #expect(error == JSONError(.tooDeep(limit: 512), at: 512))
        }
    }

    @Test func `a consumer that stops ends the reading`() {
        final class Stopper: TokenConsumer {
            func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool { false }
        }
        #expect(throws: JSONError.self) {
            try Array("[1]".utf8).withUnsafeBufferPointer {
                try Tokenizer.run($0, depthLimit: 9, consumer: Stopper())
            }
        }
    }

    @Test func `a string of many megabytes is one token`() throws {
        let text = "[\"" + String(repeating: "abc\\n", count: 1 << 20) + "\"]"
        let tokens = try TokenList.tokens(of: Array(text.utf8))
        #expect(tokens.map(\.kind) == [.arrayStart, .string, .arrayEnd])
        #expect(tokens[1].range.range == 1..<(text.utf8.count - 1))
    }

    /// Longer than what is found by chance, at places that no stride hits twice alike.
    private static let picture = "data:image/png;base64," + String(repeating: "iVBORw0KGgo+/", count: 3001)

    @Test(arguments: [
        #"«[»«"PICTURE"»,«"PICTUREé"», «"PICTURE\\"», «1»«]» "#,
        #"«{»«"PICTURE"»:«"PICTURE\"PICTURE"»,«"k"»:«"PICTURE"»«}»"#,
        #"«"{\"a\":\"PICTURE\",\"b\":[1,\"PICTURE\"]}"»"#,
        #"«[»«"PICTURE"»,«"# + String(repeating: "7", count: 50_000) + "»«]»",
    ])
    func `a token's range is its bytes beside inline pictures`(text: String) throws {
        let marked = MarkedText(text.replacing("PICTURE", with: Self.picture))
        #expect(try TokenList.tokens(of: marked.bytes).map(\.range.range) == marked.ranges)
    }

    /// Where a run is just long enough, or lies across what is looked into at a time.
    @Test(arguments: [0, 1, 3, 5, 8187, 8190, 8191, 8192, 8193, 8198, 16_384], [0, 1, 2, 3, 4, 5, 8180, 8189, 8192])
    func `tokens are the same wherever an inline picture begins`(length: Int, space: Int) throws {
        let picture = #""data:"# + String(repeating: "A", count: length) + "\""
        let text = "\u{FEFF}«[»" + String(repeating: " ", count: space) + "«\(picture)», «\(picture)»«]» "
        let marked = MarkedText(text)
        #expect(try TokenList.tokens(of: marked.bytes).map(\.range.range) == marked.ranges)
    }

    @Test(arguments: [
        #"["PICTURE«»"#, #"["PICTURE"«»"#, #"["PICTURE" «»x]"#, "[\"PICTURE«\u{1}»PICTURE\"]",
        #"["PICTURE\«»xPICTURE"]"#, #"["a"«»PICTURE"]"#, #"[«»PICTURE]"#, #"["PICTURE","PICTURE"«»}"#,
        #"{"PICTURE":1«»"PICTURE"}"#,
    ])
    func `a text with an inline picture is refused where one with a short address is`(text: String) throws {
        func refusal(_ picture: String) throws -> (reason: JSONError.Reason, distance: Int) {
            let marked = MarkedText(text.replacing("PICTURE", with: picture))
            let error = try #require(throws: JSONError.self) { try TokenList.tokens(of: marked.bytes) }
            return (error.reason, error.offset - marked.ranges[0].lowerBound)
        }
        let (short, long) = try (refusal("data:"), refusal(Self.picture))
        #expect(short.reason == long.reason)
        #expect(short.distance == long.distance)
    }

    @Test func `bytes that are not UTF-8 are refused in an inline picture too`() {
        let (before, after) = (Array("[\"\(Self.picture)".utf8), Array("\(Self.picture)\"]".utf8))
        let error = #expect(throws: JSONError.self) { try TokenList.tokens(of: before + [0xC0, 0x80] + after) }
        #expect(error == JSONError(.invalidUTF8, at: before.count))
    }
}
