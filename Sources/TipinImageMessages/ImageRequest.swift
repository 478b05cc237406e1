/// What is said to the worker before the bytes of a picture: which loader, which caps, how many bytes follow.
package struct ImageRequest: Sendable, Equatable {
    package var format: ImageFormat
    package var caps: ImageCaps
    /// How many bytes follow the header.
    package var length: Int

    /// No picture that is sent has more bytes: 256 MiB.
    package static let maximumLength = 256 << 20
    /// Bytes of an encoded header.
    package static let headerLength = 25

    package init(format: ImageFormat, caps: ImageCaps, length: Int) {
        self.format = format
        self.caps = caps
        self.length = length
    }

    /// The header's bytes; figures that do not fit are cut to the largest that does.
    package func encoded() -> [UInt8] {
        var message = MessageBytes()
        message.append(format.rawValue)
        message.append(UInt32(clamping: caps.side))
        message.append(UInt32(clamping: caps.frames))
        message.append(UInt32(clamping: caps.framePixels))
        message.append(UInt64(clamping: caps.totalPixels))
        message.append(UInt32(clamping: length))
        return message.bytes
    }

    /// Reads a header of `headerLength` bytes.
    package init(decoding bytes: [UInt8]) throws(MessageError) {
        guard bytes.count <= Self.headerLength else { throw .tooLong(bytes.count) }
        var message = MessageBytes(bytes: bytes)
        let kind = try message.next(UInt8.self)
        guard let format = ImageFormat(rawValue: kind) else { throw .unknownKind(kind) }
        let side = try message.nextCount(UInt32.self)
        let frames = try message.nextCount(UInt32.self)
        let framePixels = try message.nextCount(UInt32.self)
        let totalPixels = try message.nextCount(UInt64.self)
        length = try message.nextCount(UInt32.self)
        guard length <= Self.maximumLength else { throw .tooLong(length) }
        self.format = format
        caps = ImageCaps(side: side, framePixels: framePixels, frames: frames, totalPixels: totalPixels)
    }
}
