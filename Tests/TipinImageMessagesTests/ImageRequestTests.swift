import Testing
import TipinImageMessages

struct ImageRequestTests {
    @Test(arguments: ImageFormat.allCases) func `a request comes back as it was`(format: ImageFormat) throws {
        let request = ImageRequest(format: format, caps: ImageCaps(side: 7, frames: 3), length: 12_345)
        let bytes = request.encoded()
        #expect(bytes.count == ImageRequest.headerLength)
        #expect(try ImageRequest(decoding: bytes) == request)
    }

    @Test func `a header that is cut, long or of no format is refused`() {
        let bytes = ImageRequest(format: .png, caps: ImageCaps(), length: 1).encoded()
        for count in 0..<bytes.count {
            #expect(throws: MessageError.truncated) { try ImageRequest(decoding: Array(bytes[..<count])) }
        }
        #expect(throws: MessageError.tooLong(26)) { try ImageRequest(decoding: bytes + [0]) }
        #expect(throws: MessageError.unknownKind(9)) { try ImageRequest(decoding: [9] + bytes.dropFirst()) }
    }

    @Test func `no request speaks of more bytes than the limit`() {
        let length = ImageRequest.maximumLength + 1
        let bytes = ImageRequest(format: .gif, caps: ImageCaps(), length: length).encoded()
        #expect(throws: MessageError.tooLong(length)) { try ImageRequest(decoding: bytes) }
    }
}
