internal import TipinAssets
internal import TipinFiles

/// Reads a journal line by line. A last line without an end was never relied on, so it counts as missing.
struct JournalReader {
    enum Kind: String, CaseIterable { case run, change, links, assets, failed, end }

    private let id: String
    private let folder: RunFolder

    init(_ id: String, in folder: RunFolder) {
        self.id = id
        self.folder = folder
    }

    func header() throws -> RunLine.Header {
        var lines = try folder.lines(of: id)
        guard let first = try lines.next(), first.isEnded, let header = try line(first.bytes, 1).run else {
            throw ChangeError.runDamaged(id, "it does not begin as a journal does")
        }
        guard header.version == 1 else { throw ChangeError.runDamaged(id, "a newer tipin wrote it") }
        return header
    }

    /// - Parameter each: gets the kind of each line, and the line itself if it asks.
    func scan(_ each: (Kind, () throws -> RunLine) throws -> Void) throws {
        var lines = try folder.lines(of: id)
        var number = 0
        while let next = try lines.next() {
            number += 1
            guard next.isEnded else { continue }
            guard let kind = Self.kind(of: next.bytes) else {
                throw ChangeError.runDamaged(id, "line \(number) is none of a journal's")
            }
            let place = number
            try each(kind) { try line(next.bytes, place) }
        }
    }

    private func line(_ bytes: [UInt8], _ number: Int) throws -> RunLine {
        do {
            return try RunLine.decode(bytes)
        } catch {
            throw ChangeError.runDamaged(id, "line \(number) cannot be read")
        }
    }

    private static let kinds = Kind.allCases.map { (kind: $0, start: Array("{\"\($0.rawValue)\":".utf8)) }

    /// - Returns: the line of a change or of links; `nil` for others.
    static func line(_ bytes: [UInt8], of run: String) throws -> RunLine? {
        guard let kind = kind(of: bytes), kind == .change || kind == .links else { return nil }
        if kind == .links, let links = RecordedLinks(journalLine: bytes) {
            return RunLine(links: links.step, path: links.path)
        }
        do {
            return try RunLine.decode(bytes)
        } catch {
            throw ChangeError.runDamaged(run, "a line cannot be read")
        }
    }

    /// What a line tells of the files themselves.
    enum Outcome {
        /// Without its edits and what follows them.
        case change(RecordedChange)
        /// Paths that were not written after all.
        case failed([String])
    }

    private static let edits = Array(#""edits":["#.utf8)

    /// - Parameter line: whole, or of a change the beginning up to its edits.
    /// - Returns: `nil` for a line that tells of no files, or cannot be read.
    static func outcome(_ line: [UInt8]) -> Outcome? {
        switch kind(of: line) {
        case .change:
            // A quotation mark that is none of a string's text stands for itself nowhere else.
            let end = line.firstRange(of: edits)?.upperBound ?? 0
            let head = Array(line[..<end] + Array("]}}".utf8))
            return ((try? RunLine.decode(head)) ?? (try? RunLine.decode(line)))?.change.map { .change($0) }
        case .failed: return (try? RunLine.decode(line))?.failed.map { .failed($0) }
        default: return nil
        }
    }

    /// The first member of a line tells it, so that what is not wanted need not be read.
    private static func kind(of line: [UInt8]) -> Kind? { kinds.first { line.starts(with: $0.start) }?.kind }
}
