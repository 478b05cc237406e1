/// Why bytes from the other end are no message.
package enum MessageError: Error, Sendable, Equatable {
    /// The first byte names no message.
    case unknownKind(UInt8)
    /// Fewer bytes than the message has.
    case truncated
    /// More bytes than the message may have.
    case tooLong(Int)
    /// A figure that no picture has.
    case impossible
}
