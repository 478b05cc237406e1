internal import Synchronization

/// Lines put aside on the disk until it is known what goes before them, so that memory does not grow with them. The
/// file has no name and is gone with the process.
package final class LineSpool: Sendable {
    private struct State: ~Copyable {
        let file: OpenFile
        /// Bytes that are not in the file yet.
        var pending: [UInt8] = []
        var isEmpty = true

        mutating func append(_ line: [UInt8]) throws(FileError) {
            if !isEmpty { pending.append(0x0A) }
            isEmpty = false
            pending += line
            if pending.count >= LineSpool.chunk { try flush() }
        }

        mutating func flush() throws(FileError) {
            guard !pending.isEmpty else { return }
            try file.write(pending)
            pending.removeAll(keepingCapacity: true)
        }

        /// Goes to the beginning, from where the next pieces are read.
        mutating func rewind() throws(FileError) {
            try flush()
            try file.seek(to: 0)
        }
    }

    private let state: Mutex<State>
    private static let chunk = 1 << 18

    /// - Parameter folder: where there is room.
    package convenience init(in folder: Folder) throws(FileError) {
        try self.init(TemporaryDocument(of: "lines").name, in: folder)
    }

    /// - Parameter name: that the file has until it is open.
    package init(_ name: String, in folder: Folder) throws(FileError) {
        let file = try folder.createFile(name, mode: 0o600)
        try folder.removeFile(name)
        state = Mutex(State(file: file))
    }

    /// - Parameter line: without a line feed.
    package func append(_ line: [UInt8]) throws(FileError) {
        try state.withLock { state throws(FileError) in try state.append(line) }
    }

    /// All lines in pieces; none may come any more.
    /// - Parameter separator: stands between them in place of the line feeds.
    package func read(joinedBy separator: [UInt8], _ body: ([UInt8]) throws -> Void) throws {
        try state.withLock { state throws(FileError) in try state.rewind() }
        while true {
            let bytes = try state.withLock { state throws(FileError) in try state.file.readChunk(upTo: Self.chunk) }
            if bytes.isEmpty { return }
            try body(Array(bytes.split(separator: 0x0A, omittingEmptySubsequences: false).joined(separator: separator)))
        }
    }
}
