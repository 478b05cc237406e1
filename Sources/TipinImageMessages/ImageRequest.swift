/// What is said to the worker before the bytes of a picture: what to do, by which loader, within which caps, and how
/// many bytes follow.
package struct ImageRequest: Sendable, Equatable {
    package var task: ImageTask
    package var format: ImageFormat
    package var caps: ImageCaps
    /// How many bytes follow the header.
    package var length: Int

    /// No picture that is sent has more bytes: 256 MiB.
    package static let maximumLength = 256 << 20
    /// Bytes of an encoded header.
    package static let headerLength = 26 + 2 * ImageTask.maximumCount

    package init(_ task: ImageTask = .probe, format: ImageFormat, caps: ImageCaps, length: Int) {
        self.task = task
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
        var sizes: [Int] = []
        if case .thumbnails(let wanted) = task { sizes = Array(wanted.prefix(ImageTask.maximumCount)) }
        message.append(UInt8(sizes.count))
        for index in 0..<ImageTask.maximumCount {
            message.append(UInt16(clamping: index < sizes.count ? sizes[index] : 0))
        }
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
        task = try Self.task(&message)
    }

    private static func task(_ message: inout MessageBytes) throws(MessageError) -> ImageTask {
        let count = Int(try message.next(UInt8.self))
        guard count <= ImageTask.maximumCount else { throw .impossible }
        var sizes: [Int] = []
        for index in 0..<ImageTask.maximumCount {
            let size = try message.nextCount(UInt16.self)
            guard index < count else { continue }
            guard ImageTask.allowedSizes ~= size else { throw .impossible }
            sizes.append(size)
        }
        return sizes.isEmpty ? .probe : .thumbnails(sizes: sizes)
    }
}
