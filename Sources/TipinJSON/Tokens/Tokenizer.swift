internal import CYajl

/// Turns a JSON text into tokens with byte ranges, in one pass of yajl over one buffer and without a tree.
///
/// yajl gives the structure; every range is our own, because its decoded strings lose lone surrogates. One buffer,
/// because yajl scans a long string again from its start for every further chunk; but it is cut where there is nothing
/// to scan.
package enum Tokenizer {
    /// The byte order mark that a text may begin with and that yajl refuses.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads all of `text`, which may begin with a byte order mark.
    /// - Parameters:
    ///   - depthLimit: objects and arrays inside one another.
    ///   - isChecked: whether the text is known to be UTF-8 (or was unescaped from such a text).
    ///   - isShared: whether the consumer may work on another thread, until this call is over.
    package static func run(
        _ text: UnsafeBufferPointer<UInt8>, depthLimit: Int, isChecked: Bool = false, isShared: Bool = false,
        consumer: any TokenConsumer
    ) throws(JSONError) {
        guard isShared, let pipe = TokenPipe(to: consumer) else {
            return try run(text, depthLimit, isChecked, consumer)
        }
        let result = Result { () throws(JSONError) in try run(text, depthLimit, isChecked, pipe) }
        guard pipe.finish() else { throw JSONError(.stopped, at: text.count) }
        try result.get()
    }

    private static func run(
        _ text: UnsafeBufferPointer<UInt8>, _ depthLimit: Int, _ isChecked: Bool, _ consumer: any TokenConsumer
    ) throws(JSONError) {
        let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        guard let base = text.baseAddress, start < text.count else { throw JSONError(.empty, at: text.count) }

        let state = UnsafeMutablePointer<TokenizerState>.allocate(capacity: 1)
        state.initialize(
            to: TokenizerState(
                text: base, start: start, count: text.count, isChecked: isChecked, depthLimit: depthLimit, consumer))
        defer {
            state.deinitialize(count: 1)
            state.deallocate()
        }
        try withUnsafePointer(to: TokenizerState.callbacks) { callbacks -> Result<Void, JSONError> in
            guard let handle = yajl_alloc(callbacks, nil, state) else {
                return .failure(JSONError(.syntax("yajl could not allocate memory"), at: 0))
            }
            defer { yajl_free(handle) }
            state.pointee.handle = handle
            // The state does it, and is stricter.
            _ = tipin_yajl_set(handle, yajl_dont_validate_strings, 1)
            return parse(handle, UnsafeBufferPointer(start: base, count: text.count), from: start, state)
        }.get()
    }

    private static func parse(
        _ handle: yajl_handle, _ text: UnsafeBufferPointer<UInt8>, from start: Int,
        _ state: UnsafeMutablePointer<TokenizerState>
    ) -> Result<Void, JSONError> {
        var status = yajl_status_ok
        var position = start
        while status == yajl_status_ok, position < text.count {
            let skipped = SkippedRun.next(in: text, from: position)
            let end = skipped?.lowerBound ?? text.count
            state.pointee.pieceStart = position
            status = yajl_parse(handle, text.baseAddress.map { $0 + position }, end - position)
            position = skipped?.upperBound ?? end
        }
        if status == yajl_status_ok {
            // A number at the very end is only over when something follows it.
            state.pointee.isAtEnd = true
            status = yajl_parse(handle, [0x0A], 1)
            if status == yajl_status_ok { status = yajl_complete_parse(handle) }
        }
        if status == yajl_status_ok, state.pointee.error == nil, state.pointee.finish() { return .success(()) }
        // Wrong bytes anywhere explain more than what they made of the syntax.
        if let offset = state.pointee.firstInvalidByte() { return .failure(JSONError(.invalidUTF8, at: offset)) }
        return .failure(state.pointee.error ?? state.pointee.failure())
    }
}
