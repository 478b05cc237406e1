import Testing
import TipinDocument

struct ByteKeyTests {
    private static let composed = "\u{E9}.png"
    private static let decomposed = "e\u{301}.png"

    @Test func `two normal forms of one text are two keys`() {
        #expect(Self.composed == Self.decomposed)
        #expect(ByteKey(Self.composed) != ByteKey(Self.decomposed))
        #expect(Set([ByteKey(Self.composed), ByteKey(Self.decomposed)]).count == 2)
    }

    @Test func `equal bytes are one key`() {
        #expect(Set([ByteKey(Self.composed), ByteKey("\u{E9}" + ".png")]).count == 1)
        #expect(ByteKey("") == ByteKey(""))
    }

    @Test func `keys are ordered by their bytes`() {
        #expect([Self.composed, "z", Self.decomposed].map(ByteKey.init).sorted().map(\.text.utf8.count) == [7, 1, 6])
    }
}
