internal import Glibc
internal import TipinDiagnostics
internal import TipinFiles

/// Reads pictures from this machine, below the folders in which a document may look (RULES "Local files").
struct LocalFiles: Sendable {
    /// Absolute.
    let roots: [String]

    enum Outcome {
        case bytes([UInt8], path: String)
        case missing
        case outside(String)
        case refused(Problem)
    }

    /// The file is opened first and judged then, so that nobody can swap it in between.
    /// - Parameter limit: bytes.
    func read(_ path: String, limit: Int) -> Outcome {
        guard !path.utf8.contains(0) else { return .missing }
        let real = Paths.real(path)
        // Whether a file outside exists is nobody's business either.
        guard isBelowRoot(real) else { return .outside(path) }
        do {
            let file = try Folder(opening: Paths.parent(of: real)).openFile(Paths.name(of: real))
            guard isBelowRoot(try file.realPath()) else { return .outside(path) }
            let status = try file.status()
            guard status.kind == .regular else {
                return .refused(Problem(.assetMissing, "image path is not a file", notes: ["'\(path)'"]))
            }
            // One byte more than the limit is enough for the importer to refuse it by its size.
            return .bytes(
                try status.size > limit ? file.readChunk(upTo: limit + 1) : file.readAll(limit: limit), path: real)
        } catch {
            if error.isMissing { return .missing }
            return .refused(
                Problem(.assetMissing, "image file cannot be read", notes: ["'\(path)': \(error.systemMessage)"]))
        }
    }

    /// Whether a file that is there may be read.
    func mayRead(_ path: String) -> Bool { isBelowRoot(Paths.real(path)) }

    private func isBelowRoot(_ path: String) -> Bool {
        roots.contains { Paths.isEqualOrBelow(path, Paths.real($0)) }
    }
}
