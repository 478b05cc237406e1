/// Follows the tokens of an edited text from one replaced piece to the next.
package final class ReplacementWatcher: TokenConsumer {
    /// What was found wrong so far.
    package private(set) var fault: TokenComparison.Fault?
    private let text: UnsafeBufferPointer<UInt8>
    private let changes: [ReplacedPiece]
    private let depthLimit: Int
    /// The first piece that is not behind yet.
    private var next = 0
    /// Where it begins; the tokens that end before need no closer look.
    private var nextStart: Int
    /// Objects and arrays that the piece opened so far.
    private var balance = 0

    init(_ changes: [ReplacedPiece], in text: UnsafeBufferPointer<UInt8>, _ depthLimit: Int) {
        self.text = text
        self.changes = changes
        self.depthLimit = depthLimit
        nextStart = changes.first?.place.lowerBound ?? .max
    }

    package func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        do throws(TokenComparison.Fault) {
            for token in tokens where Int(token.range.end) > nextStart { try follow(token) }
            return true
        } catch {
            fault = error
            return false
        }
    }

    /// To be called behind the last token: looks at the pieces that stand there.
    package func finish() throws(TokenComparison.Fault) {
        while next < changes.count { try leave() }
    }

    private func follow(_ token: Token) throws(TokenComparison.Fault) {
        let range = token.range.range
        while next < changes.count, range.upperBound > nextStart {
            let place = changes[next].place
            if range.lowerBound >= place.upperBound {
                try leave()
            } else if range.lowerBound >= place.lowerBound, range.upperBound <= place.upperBound {
                return try count(token)
            } else {
                return try enter(token)
            }
        }
    }

    /// A token that an edit wrote.
    private func count(_ token: Token) throws(TokenComparison.Fault) {
        switch token.kind {
        case .objectStart, .arrayStart: balance += 1
        case .objectEnd, .arrayEnd: balance -= 1
        default: break
        }
        if balance < 0 { throw .unbalanced(at: Int(token.range.start)) }
    }

    /// The piece is behind: what it took the place of must have been as whole as it is.
    private func leave() throws(TokenComparison.Fault) {
        let change = changes[next]
        let (start, end) = (change.place.lowerBound, change.place.upperBound)
        guard balance == 0 else { throw .unbalanced(at: start) }
        guard change.nesting == 0 else { throw .tokenCut(at: start) }
        let before = start > 0 ? text[start - 1] : 0x20
        let after = end < text.count ? text[end] : 0x20
        let (first, last) = (change.old.first ?? after, change.old.last ?? before)
        // A number or word that went on across the edge was one token.
        guard !(Self.isOfWord(before) && Self.isOfWord(first)), !(Self.isOfWord(last) && Self.isOfWord(after)) else {
            throw .tokenCut(at: start)
        }
        guard let depth = Self.depth(of: change.old) else { throw .tokenCut(at: start) }
        guard depth == 0 else { throw .unbalanced(at: start) }
        advance(to: next + 1)
    }

    private func advance(to index: Int) {
        next = index
        nextStart = index < changes.count ? changes[index].place.lowerBound : .max
    }

    // MARK: Strings

    /// A token that is longer than what was replaced in it: a string with a JSON text inside.
    private func enter(_ token: Token) throws(TokenComparison.Fault) {
        let body = (Int(token.range.start) + 1)..<(Int(token.range.end) - 1)
        guard token.kind == .string else { throw .tokenCut(at: body.lowerBound - 1) }
        var last = next
        while last < changes.count, changes[last].place.lowerBound < Int(token.range.end) { last += 1 }
        try changes[next..<last].withInner(of: text, body) { inner, changes throws(TokenComparison.Fault) in
            try TokenComparison.check(changes, in: inner, depthLimit, isChecked: true)
        }
        advance(to: last)
    }

    // MARK: Bytes that are known to be part of a JSON text

    /// Objects and arrays that the bytes open; negative where they close one of another's, `nil` where a string goes on
    /// behind them.
    private static func depth(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var depth = 0
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let end = JSONString.end(ofToken: position, in: bytes) else { return nil }
                position = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return depth }
            default: break
            }
            position += 1
        }
        return depth
    }

    /// Whether the byte belongs to a number, `true`, `false` or `null`.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension ArraySlice<ReplacedPiece> {
    /// The text inside a string of `text`, with these pieces as they stand in it.
    fileprivate func withInner(
        of text: UnsafeBufferPointer<UInt8>, _ body: Range<Int>,
        _ check: (UnsafeBufferPointer<UInt8>, [ReplacedPiece]) throws(TokenComparison.Fault) -> Void
    ) throws(TokenComparison.Fault) {
        var inner: [UInt8] = []
        inner.reserveCapacity(body.count)
        // One array for what stood there, so that pointers into it hold.
        var old: [UInt8] = []
        var ranges: [(place: Range<Int>, old: Range<Int>)] = []
        var position = body.lowerBound
        for piece in self {
            let (start, oldStart) = (piece.place.lowerBound, old.count)
            guard piece.nesting > 0, start >= position, piece.place.upperBound <= body.upperBound,
                JSONString.appendText(of: text[position..<start], to: &inner)
            else { throw .tokenCut(at: start) }
            let innerStart = inner.count
            guard JSONString.appendText(of: text[piece.place], to: &inner),
                JSONString.appendText(of: piece.old[...], to: &old)
            else { throw .tokenCut(at: start) }
            ranges.append((innerStart..<inner.count, oldStart..<old.count))
            position = piece.place.upperBound
        }
        guard JSONString.appendText(of: text[position..<body.upperBound], to: &inner) else {
            throw .tokenCut(at: position)
        }
        let outcome = inner.withUnsafeBufferPointer { inner in
            old.withUnsafeBufferPointer { old -> Result<Void, TokenComparison.Fault> in
                let pieces = zip(self, ranges).map { piece, ranges in
                    ReplacedPiece(
                        place: ranges.place, old: UnsafeBufferPointer(rebasing: old[ranges.old]),
                        nesting: piece.nesting - 1)
                }
                do throws(TokenComparison.Fault) {
                    return .success(try check(inner, pieces))
                } catch {
                    return .failure(error)
                }
            }
        }
        try outcome.get()
    }
}
