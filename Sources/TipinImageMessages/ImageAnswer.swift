/// What the worker says: once of itself when it starts, then once to each request.
package enum ImageAnswer: Sendable, Equatable {
    case hello(WorkerReport)
    case facts(ImageFacts)
    /// The decoder could not read the picture; its own words.
    case damaged(String)
    /// The picture exceeds a cap; the figures in words.
    case tooLarge(String)
    /// In the order in which they were asked for.
    case thumbnails([ImageThumbnail])

    /// Bytes before the payload: the kind and the payload's length.
    package static let headerLength = 5
    /// No payload has more bytes, but for thumbnails.
    package static let maximumPayload = 1024
    /// No thumbnails have more bytes together: 32 MiB.
    package static let maximumThumbnails = 32 << 20

    private enum Kind: UInt8 {
        case hello = 1
        case facts = 2
        case damaged = 3
        case tooLarge = 4
        case thumbnails = 5
    }

    /// The whole message.
    package func encoded() -> [UInt8] {
        var payload = MessageBytes()
        let kind: Kind
        switch self {
        case .hello(let report):
            kind = .hello
            payload.append(UInt8(report.limits ? 1 : 0))
            payload.append(UInt8(report.noNewPrivileges ? 1 : 0))
            payload.append(UInt8(clamping: report.landlock))
            payload.append(UInt8(report.seccomp ? 1 : 0))
            payload.bytes += Words.bounded(report.vipsVersion).utf8
        case .facts(let facts):
            kind = .facts
            payload.append(UInt32(clamping: facts.width))
            payload.append(UInt32(clamping: facts.height))
            payload.append(UInt32(clamping: facts.frames))
            payload.append(UInt8(facts.hasAlpha ? 1 : 0))
        case .damaged(let words):
            kind = .damaged
            payload.bytes += Words.bounded(words).utf8
        case .tooLarge(let words):
            kind = .tooLarge
            payload.bytes += Words.bounded(words).utf8
        case .thumbnails(let thumbnails):
            kind = .thumbnails
            payload.bytes = Self.payload(of: thumbnails)
        }
        var message = MessageBytes()
        message.append(kind.rawValue)
        message.append(UInt32(clamping: payload.bytes.count))
        return message.bytes + payload.bytes
    }

    /// How many bytes follow a header; never more than a payload of its kind may have.
    package static func payloadLength(header: [UInt8]) throws(MessageError) -> Int {
        guard header.count <= headerLength else { throw .tooLong(header.count) }
        var message = MessageBytes(bytes: header)
        let number = try message.next(UInt8.self)
        guard let kind = Kind(rawValue: number) else { throw .unknownKind(number) }
        let length = try message.nextCount(UInt32.self)
        guard length <= (kind == .thumbnails ? maximumThumbnails : maximumPayload) else { throw .tooLong(length) }
        return length
    }

    /// Reads one whole message. The sender is not trusted: lengths, figures and words are checked.
    package init(decoding bytes: [UInt8]) throws(MessageError) {
        let length = try Self.payloadLength(header: Array(bytes.prefix(Self.headerLength)))
        let expected = Self.headerLength + length
        guard bytes.count >= expected else { throw .truncated }
        guard bytes.count == expected else { throw .tooLong(bytes.count) }
        var payload = MessageBytes(bytes: bytes, position: Self.headerLength)
        switch Kind(rawValue: bytes[0]) {
        case .hello: self = .hello(try Self.report(&payload))
        case .facts: self = .facts(try Self.facts(&payload))
        case .damaged: self = .damaged(Words.bounded(String(decoding: payload.rest, as: UTF8.self)))
        case .tooLarge: self = .tooLarge(Words.bounded(String(decoding: payload.rest, as: UTF8.self)))
        case .thumbnails: self = .thumbnails(try Self.thumbnails(&payload))
        case nil: throw .unknownKind(bytes[0])
        }
    }

    private static func report(_ payload: inout MessageBytes) throws(MessageError) -> WorkerReport {
        let limits = try payload.next(UInt8.self) == 1
        let noNewPrivileges = try payload.next(UInt8.self) == 1
        let landlock = Int(try payload.next(UInt8.self))
        let seccomp = try payload.next(UInt8.self) == 1
        return WorkerReport(
            vipsVersion: Words.bounded(String(decoding: payload.rest, as: UTF8.self)), limits: limits,
            noNewPrivileges: noNewPrivileges, landlock: landlock, seccomp: seccomp)
    }

    private static func facts(_ payload: inout MessageBytes) throws(MessageError) -> ImageFacts {
        let width = try payload.nextCount(UInt32.self)
        let height = try payload.nextCount(UInt32.self)
        let frames = try payload.nextCount(UInt32.self)
        let alpha = try payload.next(UInt8.self)
        guard width > 0, height > 0, frames > 0, alpha <= 1 else { throw .impossible }
        guard payload.rest.isEmpty else { throw .tooLong(payload.rest.count) }
        return ImageFacts(width: width, height: height, frames: frames, hasAlpha: alpha == 1)
    }
}
