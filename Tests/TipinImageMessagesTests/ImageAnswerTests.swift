import Testing
import TipinImageMessages

struct ImageAnswerTests {
    static let answers: [ImageAnswer] = [
        .hello(WorkerReport(vipsVersion: "8.14.1", limits: true, noNewPrivileges: false, landlock: 7, seccomp: true)),
        .facts(ImageFacts(width: 16_384, height: 1, frames: 1000, hasAlpha: true)),
        .damaged("vipspng: libpng read error"),
        .tooLarge("1 × 1 pixels"),
        .thumbnails([
            ImageThumbnail(size: 256, width: 256, height: 1, format: .webp, bytes: [1, 2, 3]),
            ImageThumbnail(size: 16, width: 1, height: 16, format: .jpeg, bytes: []),
        ]),
    ]

    @Test(arguments: answers) func `an answer comes back as it was`(answer: ImageAnswer) throws {
        let bytes = answer.encoded()
        let length = try ImageAnswer.payloadLength(header: Array(bytes.prefix(ImageAnswer.headerLength)))
        #expect(bytes.count == ImageAnswer.headerLength + length)
        #expect(try ImageAnswer(decoding: bytes) == answer)
    }

    @Test(arguments: answers) func `an answer that is cut or too long is refused`(answer: ImageAnswer) {
        let bytes = answer.encoded()
        for count in 0..<bytes.count {
            #expect(throws: MessageError.truncated) { try ImageAnswer(decoding: Array(bytes[..<count])) }
        }
        #expect(throws: MessageError.tooLong(bytes.count + 1)) { try ImageAnswer(decoding: bytes + [0]) }
    }

    @Test(arguments: [
        ([0, 0, 0, 0, 0], MessageError.unknownKind(0)),
        ([72, 84, 84, 80, 47], .unknownKind(72)),
        ([3, 0xFF, 0xFF, 0xFF, 0xFF], .tooLong(0xFFFF_FFFF)),
        ([3, 1, 4, 0, 0], .tooLong(1025)),
        ([5, 1, 0, 0, 2], .tooLong(32 << 20 | 1)),
        ([3, 0, 0, 0, 0, 0], .tooLong(6)),
    ]) func `a header's length is bounded`(header: [UInt8], error: MessageError) {
        #expect(throws: error) { try ImageAnswer.payloadLength(header: header) }
    }

    @Test func `figures that no picture has are refused`() {
        let good = ImageAnswer.facts(ImageFacts(width: 1, height: 1, frames: 1, hasAlpha: false)).encoded()
        for place in [5, 9, 13] {
            var bytes = good
            bytes[place] = 0
            #expect(throws: MessageError.impossible) { try ImageAnswer(decoding: bytes) }
        }
        var bytes = good
        bytes[17] = 2
        #expect(throws: MessageError.impossible) { try ImageAnswer(decoding: bytes) }
    }

    @Test(arguments: [
        (5, 0, MessageError.impossible), (5, 5, .impossible), (6, 15, .impossible), (7, 9, .impossible),
        (8, 0, .impossible), (9, 1, .impossible), (10, 0, .impossible), (12, 9, .unknownKind(9)), (13, 4, .truncated),
    ]) func `a thumbnail that was not asked for is refused`(place: Int, value: UInt8, error: MessageError) {
        var bytes = ImageAnswer.thumbnails([
            ImageThumbnail(size: 16, width: 16, height: 16, format: .webp, bytes: [1, 2, 3])
        ]).encoded()
        bytes[place] = value
        #expect(throws: error) { try ImageAnswer(decoding: bytes) }
    }

    @Test(arguments: [
        ("a\u{1B}[31mb\n\nc\u{202E}d", "a [31mb c d"),
        (String(repeating: "\u{10FFFD}", count: 3000), String(repeating: "\u{10FFFD}", count: 200)),
        (" \n ", ""),
    ]) func `words are one short printable line`(words: String, expected: String) throws {
        let bytes = ImageAnswer.damaged(words).encoded()
        #expect(try ImageAnswer(decoding: bytes) == .damaged(expected))
        let raw = Array(words.utf8.prefix(ImageAnswer.maximumPayload))
        let sent: [UInt8] = [3, UInt8(raw.count & 0xFF), UInt8(raw.count >> 8), 0, 0] + raw
        #expect(try ImageAnswer(decoding: sent) == .damaged(expected))
    }
}
