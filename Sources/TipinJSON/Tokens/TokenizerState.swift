internal import CYajl

/// What yajl's callbacks write to: one value behind the context pointer, with nothing that grows for a token.
struct TokenizerState {
    private static let batch = 1024

    var handle: yajl_handle?
    var error: JSONError?
    /// Set while the newline after the text is parsed: tokens that end now end with the text.
    var isAtEnd = false

    /// Where the bytes begin that yajl was given last: it counts from there.
    var pieceStart: Int

    private let text: UnsafePointer<UInt8>
    private let start: Int
    private let count: Int
    private let depthLimit: Int
    private let consumer: any TokenConsumer
    private let tokens: UnsafeMutablePointer<Token>
    private var tokenCount = 0
    private var previousEnd: Int
    /// The bytes before are known to be UTF-8. Checked piece by piece, while yajl has them in the cache.
    private var checkedEnd: Int
    private var depth = 0
    private var hasTokens = false

    init(
        text: UnsafePointer<UInt8>, start: Int, count: Int, isChecked: Bool, depthLimit: Int,
        _ consumer: any TokenConsumer
    ) {
        self.text = text
        self.start = start
        pieceStart = start
        self.count = count
        self.depthLimit = depthLimit
        self.consumer = consumer
        previousEnd = start
        checkedEnd = isChecked ? count : start
        tokens = .allocate(capacity: Self.batch)
        storage = TokenStorage(tokens)
    }

    /// Frees the tokens when the last copy of the state ends.
    private let storage: TokenStorage

    /// Notes the token that ends where yajl stands now. It starts at the first byte after the previous token that is
    /// not white space, a comma or a colon.
    /// - Returns: what yajl expects of a callback: 1 to go on, 0 to stop.
    @inline(__always)
    mutating func add(_ kind: TokenKind) -> Int32 {
        let end = isAtEnd ? count : pieceStart + Int(yajl_get_bytes_consumed(handle))
        var first = previousEnd
        while first < end, Self.isBetweenTokens(text[first]) { first += 1 }
        previousEnd = end
        // yajl takes vertical tab and form feed for white space; no token begins with so small a byte.
        guard text[first] > 0x20 else { return refuseWhitespace(at: first) }
        tokens[tokenCount] = Token(kind, ByteRange(first, end))
        tokenCount += 1
        return tokenCount < Self.batch || flush() ? 1 : 0
    }

    @inline(__always)
    mutating func open(_ kind: TokenKind) -> Int32 {
        depth += 1
        guard depth <= depthLimit else {
            error = JSONError(.tooDeep(limit: depthLimit), at: pieceStart + Int(yajl_get_bytes_consumed(handle)) - 1)
            return 0
        }
        return add(kind)
    }

    @inline(__always)
    mutating func close(_ kind: TokenKind) -> Int32 {
        depth -= 1
        return add(kind)
    }

    private mutating func refuseWhitespace(at offset: Int) -> Int32 {
        error = JSONError(.invalidWhitespace, at: offset)
        return 0
    }

    /// Hands over the last tokens, once what follows them is seen to be white space.
    mutating func finish() -> Bool {
        for offset in previousEnd..<count where !Self.isBetweenTokens(text[offset]) {
            return refuseWhitespace(at: offset) != 0
        }
        return flush()
    }

    /// Hands over what has gathered.
    mutating func flush() -> Bool {
        guard tokenCount > 0 else { return true }
        hasTokens = true
        // A token ends with an ASCII character, so no sequence is cut in two.
        if checkedEnd < previousEnd {
            if let offset = UTF8Check.firstError(in: text, from: checkedEnd, to: previousEnd) {
                error = JSONError(.invalidUTF8, at: offset)
                return false
            }
            checkedEnd = previousEnd
        }
        let goesOn = consumer.consume(UnsafeBufferPointer(start: tokens, count: tokenCount))
        tokenCount = 0
        if !goesOn { error = JSONError(.stopped, at: previousEnd) }
        return goesOn
    }

    /// The first byte that is not UTF-8 in what has not been checked yet.
    func firstInvalidByte() -> Int? {
        checkedEnd < count ? UTF8Check.firstError(in: text, from: checkedEnd, to: count) : nil
    }

    /// yajl's refusal as an error of ours.
    func failure() -> JSONError {
        let isEmpty = !hasTokens && tokenCount == 0
        let offset = isAtEnd ? count : offsetOfFailure
        if isAtEnd, isEmpty, (start..<count).allSatisfy({ Self.isBetweenTokens(text[$0]) }) {
            return JSONError(.empty, at: count)
        }
        guard let words = yajl_get_error(handle, 0, nil, 0) else { return JSONError(.syntax("refused"), at: offset) }
        defer { yajl_free_error(handle, words) }
        let message = String(cString: words).split(separator: "\n").first.map(String.init) ?? "refused"
        return JSONError(isAtEnd ? .truncated : .syntax(message), at: offset)
    }

    private var offsetOfFailure: Int {
        let consumed = Int(yajl_get_bytes_consumed(handle))
        // yajl goes back to the beginning of a token out of place, but not out of the piece that it was given last.
        if consumed == 0, pieceStart > start {
            return (previousEnd..<count).first { !Self.isBetweenTokens(text[$0]) }.map { $0 + 1 } ?? count
        }
        // What was read last is what is wrong.
        return min(count, pieceStart + max(1, consumed) - 1)
    }

    @inline(__always)
    private static func isBetweenTokens(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":"): true
        default: false
        }
    }

    static let callbacks = yajl_callbacks(
        yajl_null: { state(of: $0).pointee.add(.null) },
        yajl_boolean: { context, _ in state(of: context).pointee.add(.boolean) },
        yajl_integer: nil,
        yajl_double: nil,
        // Set, so that numbers stay text: yajl refuses integers over 64 bits otherwise.
        yajl_number: { context, _, _ in state(of: context).pointee.add(.number) },
        yajl_string: { context, _, _ in state(of: context).pointee.add(.string) },
        yajl_start_map: { state(of: $0).pointee.open(.objectStart) },
        yajl_map_key: { context, _, _ in state(of: context).pointee.add(.key) },
        yajl_end_map: { state(of: $0).pointee.close(.objectEnd) },
        yajl_start_array: { state(of: $0).pointee.open(.arrayStart) },
        yajl_end_array: { state(of: $0).pointee.close(.arrayEnd) }
    )

    @inline(__always)
    private static func state(of context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<TokenizerState> {
        // Safe because yajl hands back the pointer that `yajl_alloc` was given.
        context!.assumingMemoryBound(to: TokenizerState.self)
    }
}

/// Owns the memory of a batch of tokens.
private final class TokenStorage {
    private let tokens: UnsafeMutablePointer<Token>
    init(_ tokens: UnsafeMutablePointer<Token>) { self.tokens = tokens }
    deinit { tokens.deallocate() }
}
