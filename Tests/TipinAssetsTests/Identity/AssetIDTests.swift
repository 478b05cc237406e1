import Testing
import TipinAssets

struct AssetIDTests {
    private let digest = SHA256Digest(of: Array("abc".utf8))

    @Test func `is a UUID version 8 of the first 16 bytes`() {
        // ba7816bf 8f01 cfea 4141 40de5dae2223, with version and variant set.
        #expect(AssetID.derived(from: digest) == "ba7816bf-8f01-8fea-8141-40de5dae2223")
    }

    @Test func `knows its own in either case`() {
        let id = AssetID.derived(from: digest)
        #expect(AssetID.isDerived(id))
        #expect(AssetID.isDerived(id.uppercased()))
        #expect(AssetID.matches(id.uppercased(), digest))
        #expect(!AssetID.matches(id, SHA256Digest(of: [])))
    }

    @Test(arguments: [
        "", "V1StGXR8_Z5jdHi6B-myT", "ba7816bf-8f01-4fea-8141-40de5dae2223", "ba7816bf-8f01-8fea-c141-40de5dae2223",
        "ba7816bf-8f01-8fea-8141-40de5dae222", "ba7816bf08f01-8fea-8141-40de5dae2223",
        "ga7816bf-8f01-8fea-8141-40de5dae2223",
    ])
    func `does not take other ids for its own`(id: String) {
        #expect(!AssetID.isDerived(id))
    }
}
