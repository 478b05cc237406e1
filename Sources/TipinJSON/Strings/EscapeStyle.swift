internal import Glibc

/// How a text escapes characters that could stand for themselves, as far as inserted values follow it: `\/` as PHP
/// writes it, `\u002f` and `\u0022` as .NET does, `\u0026` as Go does.
package struct EscapeStyle: Sendable, Equatable {
    /// `\/`; a slash written by number is in `byNumber`.
    package var escapesSlash = false
    /// The ASCII characters that are written by number, each a bit.
    private var byNumber: (low: UInt64, high: UInt64) = (0, 0)
    /// Whether numbers have capitals: `\u002F`.
    private var isUppercase = false
    /// Whether some number has a letter, so that `isUppercase` means something.
    private var hasLetters = false

    package static let plain = EscapeStyle()

    package init(escapesSlash: Bool = false) { self.escapesSlash = escapesSlash }

    package init(of text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        var position = 0
        while let found = memchr(base + position, Int32(UInt8(ascii: "\\")), text.count - position) {
            let escaped = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base + 1
            guard escaped < text.count else { return }
            if base[escaped] == UInt8(ascii: "/") { escapesSlash = true }
            if base[escaped] == UInt8(ascii: "u"), escaped + 4 < text.count {
                note(UnsafeBufferPointer(rebasing: text[(escaped + 1)...(escaped + 4)]))
            }
            position = escaped + 1
        }
    }

    package static func == (left: EscapeStyle, right: EscapeStyle) -> Bool {
        left.escapesSlash == right.escapesSlash && left.byNumber == right.byNumber
            && left.isUppercase == right.isUppercase
    }

    /// The style of a piece, and for what the piece does not show, that of the text around it.
    package init(ofPiece piece: UnsafeBufferPointer<UInt8>, within outer: EscapeStyle) {
        self.init(of: piece)
        if !hasLetters { isUppercase = outer.isUppercase }
        let showsSlash = piece.contains(UInt8(ascii: "/")) || writesByNumber(UInt8(ascii: "/"))
        if !showsSlash { escapesSlash = outer.escapesSlash }
        for byte in Self.escapedOnPurpose where outer.writesByNumber(byte) && !piece.contains(byte) {
            if byte != UInt8(ascii: "/") || !showsSlash { insert(byte) }
        }
    }

    /// Whether the character is written as `\u00…` though it need not be.
    @inline(__always)
    package func writesByNumber(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return (byte < 64 ? byNumber.low : byNumber.high) & (1 << UInt64(byte & 63)) != 0
    }

    package var hexDigits: StaticString { isUppercase ? "0123456789ABCDEF" : "0123456789abcdef" }

    /// What serialisers write by number everywhere: what means something in HTML or in JSON. A letter is a whim.
    private static let escapedOnPurpose = Array("\"&'+/<=>\\`".utf8)

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { byNumber.low |= 1 << UInt64(byte) } else { byNumber.high |= 1 << UInt64(byte & 63) }
    }

    /// - Parameter digits: the four behind `\u`.
    private mutating func note(_ digits: UnsafeBufferPointer<UInt8>) {
        for digit in digits where digit > 0x39 {
            hasLetters = true
            if digit < 0x60 { isUppercase = true }
        }
        guard digits[0] == 0x30, digits[1] == 0x30, let high = Self.value(digits[2]), let low = Self.value(digits[3])
        else { return }
        let byte = high << 4 | low
        if Self.escapedOnPurpose.contains(byte) { insert(byte) }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
