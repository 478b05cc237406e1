import Testing

@testable import Tipin

struct TextSearchTests {
    private static let long = String(repeating: "x", count: 70)

    @Test(
        arguments: [
            (["img-1"], #"{"hero":"img-1"}"#, ["img-1"]), (["a-1", "a-10"], "a-1 a-10 a-101", ["a-1", "a-10"]),
            (["größe", "ß"], "größe", ["größe", "ß"]), (["a b", "a b."], "a b.", ["a b", "a b."]),
            (["nanoid-8"], #""\nnanoid-8""#, ["nanoid-8"]), ([long, "y"], "\(long)/y", [long, "y"]),
            (["img-1", ""], "img-", []), ([], "img-1", []), (["img-1"], "", []),
        ] as [([String], String, Set<String>)])
    func `finds which of them stand in a text`(texts: [String], text: String, expected: Set<String>) {
        var found: Set<String> = []
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            TextSearch(texts).forEachCandidate(in: bytes) { found.insert(String(decoding: $0, as: UTF8.self)) }
        }
        #expect(found.intersection(texts) == expected)
    }
}
