internal import Glibc

/// The two pipes to the process that started the worker.
struct Channel {
    enum Failure: Error {
        /// The other end is gone, or sends what is no request.
        case closed
    }

    /// Reads exactly `count` bytes; `nil` where there is not one more.
    func read(_ count: Int) throws(Failure) -> [UInt8]? {
        var isAtEnd = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                // Safe because nothing empty comes here.
                let length = Glibc.read(STDIN_FILENO, buffer.baseAddress! + filled, count - filled)
                if length < 0 && errno == EINTR { continue }
                guard length > 0 else {
                    isAtEnd = true
                    return
                }
                filled += length
            }
        }
        if isAtEnd && bytes.isEmpty { return nil }
        guard !isAtEnd else { throw .closed }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
        var done = 0
        while done < bytes.count {
            // Safe because nothing empty comes here.
            let length = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + done, $0.count - done) }
            if length < 0 && errno == EINTR { continue }
            guard length > 0 else { throw .closed }
            done += length
        }
    }
}
