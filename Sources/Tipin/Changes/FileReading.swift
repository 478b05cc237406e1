internal import TipinAssets
internal import TipinFiles

/// What is remembered of a file's bytes while they go by.
struct FileReading {
    private var digest = SHA256Stream()
    private var hash = ByteHash()
    /// Bytes.
    private var size = 0

    init() {}

    /// All bytes of a file from its present position on.
    init(of file: borrowing OpenFile) throws(FileError) {
        while true {
            let bytes = try file.readChunk(upTo: 1 << 20)
            if bytes.isEmpty { return }
            add(bytes)
        }
    }

    /// All bytes of a file, put aside as edits that keep them.
    init(keeping path: String, in spool: LineSpool) throws {
        let file = try OpenFile.following(path)
        while case let bytes = try file.readChunk(upTo: RecordedEdit.keptAtOnce), !bytes.isEmpty {
            try spool.append(try RunLine.encode(RecordedEdit(keeping: bytes, at: size)))
            add(bytes)
        }
    }

    mutating func add(_ bytes: [UInt8]) {
        digest.update(bytes)
        hash.update(bytes)
        size += bytes.count
    }

    var state: FileState { FileState(sha256: digest.digest(), size: size) }

    /// For the comparison with what stands there when something else is to.
    var standing: StandingBytes {
        let state = state
        return StandingBytes(hash: hash) { file in (try? FileReading(of: file).state) == state }
    }
}
