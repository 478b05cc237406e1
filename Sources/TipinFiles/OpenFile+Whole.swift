internal import Glibc

extension OpenFile {
    /// Smaller files are read sooner by one thread than several are woken.
    private static let largeSize = 8 << 20

    /// All bytes from the present position on.
    /// - Parameters:
    ///   - limit: bytes; a file that has more throws `EFBIG`, whatever its status said.
    ///   - width: how many threads may read, each a part of a large file that nothing was read of yet: to have the
    ///     memory for it made takes as long as to copy into it.
    package func readAll(limit: Int, width: Int = 1) throws(FileError) -> [UInt8] {
        let expected = try status().size
        guard expected <= limit else { throw FileError(.read, path, EFBIG) }
        var bytes =
            width > 1 && expected >= Self.largeSize
            ? try readParts(upTo: expected + 1, width) : try readChunk(upTo: expected + 1)
        while bytes.count > expected {  // It grew, or its status does not tell (a pipe, /proc).
            guard bytes.count <= limit else { throw FileError(.read, path, EFBIG) }
            let more = try readChunk(upTo: min(1 << 20, limit - bytes.count + 1))
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    /// `readChunk` from the beginning of the file.
    func readParts(upTo count: Int, _ width: Int) throws(FileError) -> [UInt8] {
        let size = (count + width - 1) / width
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            // Safe because each call writes to a part of its own, and all are over before the buffer is used.
            nonisolated(unsafe) let buffer = UnsafeMutableRawBufferPointer(buffer)
            do throws(FileError) {
                try BlockingThread.forEach(below: width, width: width) {
                    [descriptor, path] (number) throws(FileError) in
                    let part = min(number * size, count)..<min((number + 1) * size, count)
                    let end = try Self.read(
                        descriptor, path, at: part.lowerBound,
                        into: UnsafeMutableRawBufferPointer(rebasing: buffer[part]))
                    // Behind the last byte there is one that only a file has that grew.
                    guard end >= min(part.upperBound, count - 1) else { throw FileError(.read, path, ENODATA) }
                    if end == count { throw FileError(.read, path, EOVERFLOW) }
                }
                filled = count - 1
            } catch {
                failure = error
            }
        }
        guard let failure else { return bytes }
        // It became shorter or longer: what it has now is read as it comes.
        guard [ENODATA, EOVERFLOW].contains(failure.number) else { throw failure }
        return try readChunk(upTo: count)
    }

    /// - Returns: the offset behind the last byte that was read.
    private static func read(
        _ descriptor: Int32, _ path: String, at start: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            // Safe because it is not empty.
            let count = pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(start + filled))
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(.read, path, errno)
            }
            if count == 0 { break }
            filled += count
        }
        return start + filled
    }
}
