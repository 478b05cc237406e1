internal import Glibc

/// Reads a file line by line, so that memory grows with its longest line alone.
package struct LineReader: ~Copyable {
    /// One line without its line feed.
    package struct Line: Sendable, Equatable {
        package var bytes: [UInt8]
        /// `false` for a last line without a line feed: whoever wrote it may have been stopped in the middle.
        package var isEnded: Bool
    }

    private let file: OpenFile
    /// Bytes a line may have.
    private let limit: Int
    /// Bytes of a line that are wanted.
    private let kept: Int
    private var pending: [UInt8] = []
    /// In `pending`: where the next line begins, and up to where it is known to hold no line feed.
    private var start = 0
    private var searched = 0
    private var isAtEnd = false

    private static let chunk = 1 << 18

    /// - Parameters:
    ///   - limit: bytes; a longer line throws `EFBIG`.
    ///   - kept: bytes of a line that are wanted; of a longer one only its beginning is given, of at least that many.
    package init(_ file: consuming OpenFile, limit: Int, keeping kept: Int = .max) {
        self.file = file
        self.limit = limit
        self.kept = kept
    }

    /// `nil` at the end of the file.
    package mutating func next() throws(FileError) -> Line? {
        while true {
            if let feed = nextFeed() {
                defer {
                    start = feed + 1
                    searched = start
                }
                return Line(bytes: Array(pending[start..<feed]), isEnded: true)
            }
            if pending.count - start > kept { pending.removeLast(pending.count - start - kept) }
            searched = pending.count
            guard pending.count - start <= limit else { throw FileError(.read, file.path, EFBIG) }
            if isAtEnd { return lastLine() }
            pending.removeFirst(start)
            searched -= start
            start = 0
            let more = try file.readChunk(upTo: Self.chunk)
            if more.isEmpty { isAtEnd = true } else { pending += more }
        }
    }

    private func nextFeed() -> Int? {
        pending.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, searched < buffer.count,
                let found = memchr(base + searched, 0x0A, buffer.count - searched)
            else { return nil }
            return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
        }
    }

    private mutating func lastLine() -> Line? {
        guard start < pending.count else { return nil }
        defer {
            start = pending.count
            searched = start
        }
        return Line(bytes: Array(pending[start...]), isEnded: false)
    }
}
