import Testing
import TipinAssets

struct SHA256DigestTests {
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test func `is the digest that everybody else gets`() {
        #expect(SHA256Digest(of: []).description == Self.empty)
        #expect(
            SHA256Digest(of: Array("abc".utf8)).description
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `reads its own words in either case`() {
        #expect(SHA256Digest(Self.empty) == SHA256Digest(of: []))
        #expect(SHA256Digest(Self.empty.uppercased()) == SHA256Digest(of: []))
    }

    @Test(arguments: [
        "", "e3", String(repeating: "g", count: 64), String(repeating: "0", count: 65), "é" + empty.dropLast(2),
    ])
    func `refuses what is not 64 digits`(text: String) {
        #expect(SHA256Digest(text) == nil)
    }

    @Test func `does not depend on the pieces`() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var stream = SHA256Stream()
        for start in stride(from: 0, to: 1000, by: 77) { stream.update(Array(bytes[start..<min(start + 77, 1000)])) }
        #expect(stream.digest() == SHA256Digest(of: bytes))
    }

    @Test func `is ordered as its text is`() {
        let digests = (0..<50).map { SHA256Digest(of: [UInt8($0)]) }
        #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
    }
}
