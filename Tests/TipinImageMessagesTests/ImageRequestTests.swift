import Testing
import TipinImageMessages

struct ImageRequestTests {
    @Test(arguments: ImageFormat.allCases) func `a request comes back as it was`(format: ImageFormat) throws {
        let request = ImageRequest(format: format, caps: ImageCaps(side: 7, frames: 3), length: 12_345)
        let bytes = request.encoded()
        #expect(bytes.count == ImageRequest.headerLength)
        #expect(try ImageRequest(decoding: bytes) == request)
    }

    @Test(arguments: [[256], [1024, 256], [16, 2048, 17, 18]]) func `the sizes of thumbnails come back`(
        sizes: [Int]
    ) throws {
        let request = ImageRequest(.thumbnails(sizes: sizes), format: .webp, caps: ImageCaps(), length: 1)
        #expect(try ImageRequest(decoding: request.encoded()) == request)
    }

    @Test(arguments: [[15], [2049], [0], [70_000]]) func `other sizes are refused`(sizes: [Int]) {
        let bytes = ImageRequest(.thumbnails(sizes: sizes), format: .webp, caps: ImageCaps(), length: 1).encoded()
        #expect(throws: MessageError.impossible) { try ImageRequest(decoding: bytes) }
    }

    @Test func `a header that is cut, long or of no format is refused`() {
        let bytes = ImageRequest(format: .png, caps: ImageCaps(), length: 1).encoded()
        for count in 0..<bytes.count {
            #expect(throws: MessageError.truncated) { try ImageRequest(decoding: Array(bytes[..<count])) }
        }
        #expect(throws: MessageError.tooLong(35)) { try ImageRequest(decoding: bytes + [0]) }
        #expect(throws: MessageError.unknownKind(9)) { try ImageRequest(decoding: [9] + bytes.dropFirst()) }
    }

    @Test func `no request speaks of more bytes than the limit`() {
        let length = ImageRequest.maximumLength + 1
        let bytes = ImageRequest(format: .gif, caps: ImageCaps(), length: length).encoded()
        #expect(throws: MessageError.tooLong(length)) { try ImageRequest(decoding: bytes) }
    }
}
