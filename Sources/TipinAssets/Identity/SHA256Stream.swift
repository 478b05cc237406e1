internal import Crypto

/// Makes the SHA-256 of bytes that come in pieces.
package struct SHA256Stream {
    private var state = SHA256()

    package init() {}

    package mutating func update(_ bytes: [UInt8]) { state.update(data: bytes) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

    /// The digest of all bytes so far; more may follow.
    package func digest() -> SHA256Digest { SHA256Digest(state.finalize()) }
}
