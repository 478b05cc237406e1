import Testing
import Tipin

struct WordScannerTests {
    private static let digest = String(repeating: "0123456789abcdef", count: 4)

    private func words(_ text: String) -> [String] {
        var words: [String] = []
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            WordScanner(bytes).forEachWord { words.append(String(decoding: $0, as: UTF8.self)) }
        }
        return words
    }

    @Test(arguments: [
        ("", []), ("short words", []), (#"{"assetId":"V1StGXR8_Z5jdHi6B-myT"}"#, ["V1StGXR8_Z5jdHi6B-myT"]),
        (#"\"assetId\":\"nanoid-8\""#, ["nanoid-8"]), ("files/\(digest)/original.png", [digest, "original"]),
        ("sha256-\(digest)_x", [digest]), (digest + "0", []), (String(repeating: "z", count: 65), []),
    ])
    func `finds what could be an id or a digest`(text: String, expected: [String]) {
        #expect(words(text).filter { $0 != "assetId" } == expected)
    }

    @Test func `passes over a picture's own bytes`() {
        let text = #"{"src":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg/AAAA","id":"nanoid-8"}"#
        #expect(words(text) == ["nanoid-8"])
        #expect(words("base64,") == [])
    }
}
