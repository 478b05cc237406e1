internal import Glibc

/// JSON string tokens as bytes (RFC 8259, 7).
///
/// Unescaped text is "UTF-8 with lone surrogates": `\ud800` alone becomes the three bytes ED A0 80, so that nothing is
/// lost and `encode` brings it back.
package enum JSONString {
    /// The text of a string token.
    /// - Parameter token: the bytes with their quotes, known to be a valid token.
    package static func decode(_ token: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard token.count >= 2 else { return [] }
        return decode(body: UnsafeBufferPointer(rebasing: token[1..<(token.count - 1)]))
    }

    /// The text of the first part of a string's inside.
    /// - Parameter isCut: whether the string goes on behind it; an escape that may be cut in two is left out then, with
    ///   what follows it.
    package static func beginning(_ part: UnsafeBufferPointer<UInt8>, isCut: Bool) -> [UInt8] {
        part.isEmpty ? [] : decode(body: part, unreadEnd: isCut ? longestEscape : 0)
    }

    /// Bytes of a surrogate pair.
    private static let longestEscape = 12

    /// - Parameter unreadEnd: bytes at the end in which no escape is read.
    private static func decode(body: UnsafeBufferPointer<UInt8>, unreadEnd: Int = 0) -> [UInt8] {
        guard body.contains(UInt8(ascii: "\\")) else { return Array(body) }
        return [UInt8](unsafeUninitializedCapacity: body.count) { output, count in
            var reader = EscapeReader(body)
            while !reader.isAtEnd {
                reader.copyPlain(to: output, at: &count)
                guard reader.isAtEscape else { continue }
                guard body.count - reader.position > unreadEnd else { return }
                reader.copyNext(to: output, at: &count)
            }
        }
    }

    /// The text of a string token, with U+FFFD in place of lone surrogates.
    package static func text(_ token: UnsafeBufferPointer<UInt8>) -> String {
        guard let base = token.baseAddress, token.count > 2 else { return "" }
        let body = UnsafeBufferPointer(rebasing: token[1..<(token.count - 1)])
        // Most strings have no escapes and need no copy in between.
        guard memchr(base, Int32(UInt8(ascii: "\\")), token.count) != nil else {
            return String(decoding: body, as: UTF8.self)
        }
        return String(decoding: decode(token), as: UTF8.self)
    }

    /// Whether the token has a surrogate without its other half, which no `String` can hold.
    package static func hasLoneSurrogate(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
        guard token.contains(UInt8(ascii: "\\")) else { return false }
        let text = decode(token)
        return zip(text, text.dropFirst()).contains { $0 == 0xED && $1 >= 0xA0 }
    }

    /// Whether the token's text is `text`.
    package static func equals(_ token: UnsafeBufferPointer<UInt8>, _ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { equals(token, $0) }
    }

    /// Whether the token's text is `text`.
    package static func equals(_ token: UnsafeBufferPointer<UInt8>, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { equals(token, $0) }
    }

    /// Whether the token's text is `text`; nothing is allocated unless the token has escapes.
    static func equals(_ token: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = token.baseAddress, token.count >= text.count + 2 else { return false }
        guard let other = text.baseAddress, !text.isEmpty else { return token.count == 2 }
        if token.count == text.count + 2, memcmp(base + 1, other, text.count) == 0 {
            return memchr(other, Int32(UInt8(ascii: "\\")), text.count) == nil
        }
        // An escape is longer than what it stands for.
        guard token.count > text.count + 2, memchr(base, Int32(UInt8(ascii: "\\")), token.count) != nil else {
            return false
        }
        return decode(token).elementsEqual(text)
    }

    /// A string token for `text`, quotes included, in ASCII alone.
    package static func encode(_ text: some Sequence<UInt8>, _ style: EscapeStyle = .plain) -> [UInt8] {
        var output: [UInt8] = []
        appendToken(text, to: &output, style)
        return output
    }

    package static func encode(_ text: String, _ style: EscapeStyle = .plain) -> [UInt8] { encode(text.utf8, style) }

    static func appendToken(_ text: some Sequence<UInt8>, to output: inout [UInt8], _ style: EscapeStyle) {
        output.append(UInt8(ascii: "\""))
        append(text, to: &output, style)
        output.append(UInt8(ascii: "\""))
    }

    static func appendToken(_ text: String, to output: inout [UInt8], _ style: EscapeStyle) {
        appendToken(text.utf8, to: &output, style)
    }

    /// Appends `text` as it stands between the quotes of a string token.
    /// - Parameter keepsUnicode: copies what is not ASCII instead of escaping it.
    package static func append(
        _ text: some Sequence<UInt8>, to output: inout [UInt8], _ style: EscapeStyle = .plain,
        keepsUnicode: Bool = false
    ) {
        let isContiguous: Void? = text.withContiguousStorageIfAvailable {
            append($0, to: &output, style, keepsUnicode: keepsUnicode)
        }
        guard isContiguous == nil else { return }
        Array(text).withUnsafeBufferPointer { append($0, to: &output, style, keepsUnicode: keepsUnicode) }
    }

    /// What stands for itself is copied in runs.
    private static func append(
        _ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], _ style: EscapeStyle, keepsUnicode: Bool
    ) {
        var position = 0
        while position < text.count {
            let start = position
            while position < text.count, isPlain(text[position], style, keepsUnicode) { position += 1 }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
            guard position < text.count else { return }
            let byte = text[position]
            let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            switch byte {
            case 0x20..<0x7F where style.writesByNumber(byte): appendEscaped(UInt32(byte), to: &output, style)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output += [UInt8(ascii: "\\"), byte]
            case 0x0A: output += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0D: output += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0x09: output += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x80: appendEscaped(UInt32(byte), to: &output, style)
            default:
                let scalar = text[position...].prefix(length).dropFirst().reduce(
                    UInt32(byte) & (0xFF >> UInt32(length + 1))
                ) { $0 << 6 | UInt32($1 & 0x3F) }
                appendEscaped(scalar, to: &output, style)
            }
            position += length
        }
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8, _ style: EscapeStyle, _ keepsUnicode: Bool) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F: false
        case UInt8(ascii: "/"): !style.escapesSlash && !style.writesByNumber(byte)
        case 0x20..<0x7F: !style.writesByNumber(byte)
        default: keepsUnicode
        }
    }

    private static func appendEscaped(_ scalar: UInt32, to output: inout [UInt8], _ style: EscapeStyle) {
        if scalar > 0xFFFF {
            appendUnit(UInt16(0xD800 + ((scalar - 0x10000) >> 10)), to: &output, style)
            appendUnit(UInt16(0xDC00 + ((scalar - 0x10000) & 0x3FF)), to: &output, style)
        } else {
            appendUnit(UInt16(scalar), to: &output, style)
        }
    }

    private static func appendUnit(_ unit: UInt16, to output: inout [UInt8], _ style: EscapeStyle) {
        output += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
        for shift in [12, 8, 4, 0] { output.append(style.hexDigits.utf8Start[Int(unit >> UInt16(shift)) & 0xF]) }
    }
}
