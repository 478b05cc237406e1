internal import TipinJSON

/// The tokens of a JSON text in a row, with the way from each value to the next: enough to walk two texts side by side.
struct ValueTree {
    let text: [UInt8]
    let tokens: [Token]
    /// For each token that begins a value the place of the token behind the value.
    private let ends: [Int32]

    /// However deep: a document that was read has kept its limit already, and nothing here goes deeper by a call.
    /// - Returns: `nil` where the text is no JSON.
    init?(_ text: [UInt8]) {
        let reader = TokenRow()
        let isValid = text.withUnsafeBufferPointer { buffer in
            (try? Tokenizer.run(buffer, depthLimit: .max, consumer: reader)) != nil
        }
        guard isValid else { return nil }
        self.text = text
        tokens = reader.tokens
        var ends = [Int32](repeating: 0, count: reader.tokens.count)
        var open: [Int] = []
        for (index, token) in reader.tokens.enumerated() {
            switch token.kind {
            case .objectStart, .arrayStart: open.append(index)
            case .objectEnd, .arrayEnd: ends[open.removeLast()] = Int32(index + 1)
            default: ends[index] = Int32(index + 1)
            }
        }
        self.ends = ends
    }

    func kind(at place: Int) -> TokenKind { tokens[place].kind }

    /// The bytes of a single token.
    func bytes(at place: Int) -> ArraySlice<UInt8> { text[tokens[place].range.range] }

    /// A key's or a string's text, with lone surrogates as three bytes.
    func decoded(at place: Int) -> [UInt8] {
        text.withUnsafeBufferPointer { JSONString.decode(UnsafeBufferPointer(rebasing: $0[tokens[place].range.range])) }
    }

    /// The places of an array's elements.
    func elements(of place: Int) -> [Int] {
        var elements: [Int] = []
        var next = place + 1
        while tokens[next].kind != .arrayEnd {
            elements.append(next)
            next = Int(ends[next])
        }
        return elements
    }

    /// The members of an object in the order of their keys' last places: of equal keys the last counts.
    func members(of place: Int) -> [(key: [UInt8], value: Int)] {
        var members: [(key: [UInt8], value: Int)?] = []
        var places: [[UInt8]: Int] = [:]
        var next = place + 1
        while tokens[next].kind != .objectEnd {
            let key = decoded(at: next)
            if let earlier = places.updateValue(members.count, forKey: key) { members[earlier] = nil }
            members.append((key, next + 1))
            next = Int(ends[next + 1])
        }
        return members.compactMap(\.self)
    }

    /// A value without white space, its tokens as they stand.
    /// - Parameter shown: what is to stand for a key or a string in its place.
    func compact(_ place: Int, shown: (ArraySlice<UInt8>) -> [UInt8] = { Array($0) }) -> [UInt8] {
        var result: [UInt8] = []
        var needsComma = false
        for token in tokens[place..<Int(ends[place])] {
            let piece = text[token.range.range]
            let isEnd = token.kind == .objectEnd || token.kind == .arrayEnd
            if needsComma, !isEnd { result.append(UInt8(ascii: ",")) }
            switch token.kind {
            case .key: result += shown(piece) + [UInt8(ascii: ":")]
            case .string: result += shown(piece)
            default: result += piece
            }
            switch token.kind {
            case .key, .objectStart, .arrayStart: needsComma = false
            default: needsComma = true
            }
        }
        return result
    }
}
