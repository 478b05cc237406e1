import Testing

@testable import TipinFiles

struct ByteHashTests {
    private static let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 * 37) }

    @Test func `it is the same however the bytes are cut`() {
        for first in 0...20 {
            for second in first...40 {
                var hash = ByteHash()
                hash.update(Array(Self.bytes[..<first]))
                hash.update(Array(Self.bytes[first..<second]))
                hash.update(Array(Self.bytes[second...]))
                #expect(hash.value == ByteHash.of(Self.bytes))
            }
        }
    }

    @Test(arguments: [
        [], [0], [0, 0], [UInt8](repeating: 0, count: 8), [UInt8](repeating: 0, count: 16), [1], [0, 1],
    ])
    func `other bytes have another one`(bytes: [UInt8]) {
        let all: [[UInt8]] = [
            [], [0], [0, 0], Array(repeating: 0, count: 8), Array(repeating: 0, count: 16), [1], [0, 1],
        ]
        #expect(all.filter { ByteHash.of($0) == ByteHash.of(bytes) } == [bytes])
    }
}
