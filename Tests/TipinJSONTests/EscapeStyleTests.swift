import Testing

@testable import TipinJSON

struct EscapeStyleTests {
    private static func style(_ text: String) -> EscapeStyle {
        Array(text.utf8).withUnsafeBufferPointer(EscapeStyle.init(of:))
    }

    private static func encoded(_ text: String, _ style: EscapeStyle) -> String {
        String(decoding: JSONString.encode(text, style), as: UTF8.self)
    }

    static let learned = [
        (#""a/b""#, #""x/y&\"é""#.replacing("é", with: #"\u00e9"#)),
        (#""a\/b""#, #""x\/y&\"\u00e9""#), (#""a\u002fb""#, #""x\u002fy&\"\u00e9""#),
        (#""a\u002Fb""#, #""x\u002Fy&\"\u00E9""#), (#""\u0026""#, #""x/y\u0026\"\u00e9""#),
        (#"\u0022a\u0022"#, #""x/y&\u0022\u00e9""#), (#""\\/ \\u0026""#, #""x/y&\"\u00e9""#),
        (#""\u00E9""#, #""x/y&\"\u00E9""#), (#""\u"#, #""x/y&\"\u00e9""#), (#""\u002"#, #""x/y&\"\u00e9""#),
        (#""\u012f \ud83d\u0000\u007f""#, #""x/y&\"\u00e9""#), ("", #""x/y&\"\u00e9""#), ("\\", #""x/y&\"\u00e9""#),
    ]

    @Test(arguments: learned) func `escapes are learned from a text`(_ text: String, _ encoded: String) {
        #expect(Self.encoded("x/y&\"é", Self.style(text)) == encoded)
    }

    static let pieces = [
        (#"{"a":"b"}"#, #""\/""#, #""x\/y&""#), (#"{"a":"/"}"#, #""\/""#, #""x/y&""#),
        (#"{"a":"\/"}"#, #""/""#, #""x\/y&""#), (#"{"a":"\u002f"}"#, #""\/""#, #""x\u002fy&""#),
        (#"{"a":"b"}"#, #""\u002F\u0026""#, #""x\u002Fy\u0026""#), (#"{"a":"&"}"#, #""\u0026""#, #""x/y&""#),
        (#"{"a":"/"}"#, #""\u002f""#, #""x/y&""#), (#"{"a":"\/"}"#, #""\u002f""#, #""x\/y&""#),
        (#"{"a":"b"}"#, #"\u0022"#, #""x/y&""#),
    ]

    @Test(arguments: pieces) func `what a piece does not show is as around it`(
        _ piece: String, _ outer: String, _ encoded: String
    ) {
        let style = Array(piece.utf8).withUnsafeBufferPointer {
            EscapeStyle(ofPiece: $0, within: Self.style(outer))
        }
        #expect(Self.encoded("x/y&", style) == encoded)
    }
}
