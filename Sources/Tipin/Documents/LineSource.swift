internal import TipinDiagnostics

/// Cuts a stream into pieces of whole lines, so that memory does not grow with it.
package struct LineSource {
    /// Whole lines, or a part of one that is longer than a document may be.
    package struct Piece: Sendable {
        package var bytes: [UInt8]
        /// Lines before the first of these.
        package var lineBase: Int
        /// Bytes before the first of these.
        package var offsetBase: Int
        /// Part of a line that is too long: it goes through as it is.
        package var isOversized = false
        /// Whether an oversized line begins with this piece.
        package var beginsLine = true
        /// Whether an oversized line ends with this piece.
        package var endsLine = true
    }

    private let read: (Int) throws -> [UInt8]
    /// Bytes of one line.
    private let limit: Int
    private var pending: [UInt8] = []
    /// In `pending`: just after the last line feed, and up to where they were looked for. A long line comes in many
    /// chunks, and is not searched again for each.
    private var lastLineEnd: Int?
    private var searched = 0
    private var isAtEnd = false
    private var isInsideOversized = false
    private var lines = 0
    private var offset = 0

    /// Bytes that are worked on together, at least. What is known of short lines takes some thirty times as much.
    static let pieceSize = 1 << 20

    /// - Parameters:
    ///   - limit: bytes a line may have.
    ///   - read: gives at most so many bytes; empty at the end.
    package init(limit: Int, read: @escaping (Int) throws -> [UInt8]) {
        self.limit = limit
        self.read = read
    }

    /// `nil` at the end.
    package mutating func next() throws -> Piece? {
        while !isAtEnd, !isInsideOversized, pending.count < Self.pieceSize || lastLineEnd == nil {
            if pending.count > limit { break }
            try fill()
        }
        if isInsideOversized, pending.isEmpty, !isAtEnd { try fill() }
        guard !pending.isEmpty else { return nil }
        let end = fittingEnd(upTo: isAtEnd ? pending.count : lastLineEnd ?? pending.count)
        return isInsideOversized || end == 0 ? oversized() : take(upTo: end)
    }

    /// Takes what was read and not given yet, with the beginning of a line whose end was not read: whoever reads the
    /// stream on has the rest of it, and nothing is lost between.
    mutating func takeUngiven() -> [UInt8] { take(upTo: pending.count).bytes }

    /// Just before the first line that is too long, or `end`.
    private func fittingEnd(upTo end: Int) -> Int {
        guard end > limit else { return end }
        var start = 0
        while start < end {
            let feed = pending[start..<end].firstIndex(of: 0x0A) ?? end
            if feed - start > limit { return start }
            start = feed + 1
        }
        return end
    }

    private mutating func fill() throws {
        let bytes = try read(1 << 20)
        if bytes.isEmpty { isAtEnd = true } else { pending += bytes }
        lastLineEnd = pending[searched...].lastIndex(of: 0x0A).map { $0 + 1 } ?? lastLineEnd
        searched = pending.count
    }

    private mutating func oversized() -> Piece {
        let begins = !isInsideOversized
        let end = pending.firstIndex(of: 0x0A).map { $0 + 1 }
        isInsideOversized = end == nil && !isAtEnd
        var piece = take(upTo: end ?? pending.count)
        piece.isOversized = true
        piece.beginsLine = begins
        piece.endsLine = !isInsideOversized
        return piece
    }

    private mutating func take(upTo end: Int) -> Piece {
        let piece = Piece(bytes: Array(pending[..<end]), lineBase: lines, offsetBase: offset)
        lines += piece.bytes.count { $0 == 0x0A }
        offset += end
        pending.removeFirst(end)
        searched -= end
        lastLineEnd = lastLineEnd.flatMap { $0 > end ? $0 - end : nil }
        return piece
    }

    /// What is said of a line that is too long.
    func problem(of piece: Piece, in label: String = "-") -> Diagnostic {
        let size = piece.bytes.count - (piece.bytes.last == 0x0A ? 1 : 0)
        return Diagnostic(
            ParseError.tooLarge(size, limit: limit, isWhole: piece.endsLine).problem,
            at: Place(file: label, line: piece.lineBase + 1))
    }
}
