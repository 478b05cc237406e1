internal import CLinux
internal import Glibc

/// An open file: closed exactly once, when the value ends.
package struct OpenFile: ~Copyable, Sendable {
    package let descriptor: Int32
    /// For messages.
    package let path: String
    let failpoint: Failpoint?

    deinit { close(descriptor) }

    package func status() throws(FileError) -> FileStatus {
        var result = stat()
        guard fstat(descriptor, &result) == 0 else { throw FileError(.status, path, errno) }
        return FileStatus(result)
    }

    /// The path under which the kernel knows the file now, with no symbolic link in it.
    package func realPath() throws(FileError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        guard count > 0 else { throw FileError(.status, path, errno) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Reads on from the present position until `buffer` is full or the file ends.
    /// - Returns: how many bytes were read; fewer than asked for only at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            // Safe because it is not empty.
            let count = Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(.read, path, errno)
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Reads at most `count` bytes; empty at the end.
    package func readChunk(upTo count: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
            do throws(FileError) {
                filled = try read(
                    into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all bytes, through interruptions and short writes.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var done = 0
        while done < bytes.count {
            var length = bytes.count - done
            switch failpoint?(.write, path) ?? .proceed {
            case .proceed: break
            case .fail(EINTR): continue
            case .fail(let number): throw FileError(.write, path, number)
            case .shorten(let limit): length = min(length, max(limit, 1))
            case .skip: return
            }
            let count = Glibc.write(descriptor, bytes.baseAddress! + done, length)  // Safe because not empty.
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(.write, path, errno)
            }
            done += count
        }
    }

    package func write(_ bytes: [UInt8]) throws(FileError) {
        let result = bytes.withUnsafeBytes { buffer -> Result<Void, FileError> in
            do throws(FileError) {
                return .success(try write(buffer))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// `fsync(2)`. After a failure the file must be thrown away: the kernel may have dropped what it could not write.
    package func sync() throws(FileError) {
        guard try failpoint.allows(.sync, path) else { return }
        guard fsync(descriptor) == 0 else { throw FileError(.sync, path, errno) }
    }

    /// Sets the permission bits, whatever the umask.
    package func changeMode(to mode: UInt32) throws(FileError) {
        guard try failpoint.allows(.changeMode, path) else { return }
        guard fchmod(descriptor, mode) == 0 else { throw FileError(.changeMode, path, errno) }
    }

    /// Gives a file that was just made these bits of the mode that it was made with, where the umask took any of them
    /// away. It is a part of making it: a file of a mode that its owner cannot open would be in everybody's way from
    /// then on.
    func holdMode(_ bits: UInt32) throws(FileError) {
        // What a file system adds of its own it would refuse to take away.
        let mode = try status().mode
        guard bits & ~mode != 0, try failpoint.allows(.changeMode, path) else { return }
        guard fchmod(descriptor, mode | bits) == 0 else { throw FileError(.createFile, path, errno) }
    }

    package func changeOwner(to owner: UInt32, group: UInt32) throws(FileError) {
        guard try failpoint.allows(.changeOwner, path) else { return }
        guard fchown(descriptor, owner, group) == 0 else { throw FileError(.changeOwner, path, errno) }
    }

    func mayChangeAttributes() throws(FileError) -> Bool { try failpoint.allows(.changeAttributes, path) }

    package func seek(to offset: Int) throws(FileError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw FileError(.read, path, errno) }
    }
}

extension Failpoint? {
    /// Asks before a call that either happens or does not.
    /// - Returns: whether the call is to be made.
    func allows(_ operation: FileOperation, _ path: String) throws(FileError) -> Bool {
        guard let self else { return true }
        switch self(operation, path) {
        case .proceed, .shorten: return true
        case .fail(let number): throw FileError(operation, path, number)
        case .skip: return false
        }
    }
}
