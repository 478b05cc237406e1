/// Finds positions in bytes whose structure nobody knows: the names, sentences and notations that programs write them
/// in.
enum PositionTraces {
    /// Whether something in the bytes looks like a position, in whatever width its letters stand, or like Exif with a
    /// position.
    static func areIn(_ bytes: ArraySlice<UInt8>) -> Bool {
        if ExifSearch.findsPosition(in: bytes) { return true }
        if bytes.indices.contains(where: { startsTrace(bytes[$0...]) }) { return true }
        guard bytes.contains(0) else { return false }
        let letters = bytes.filter { $0 != 0 }
        return letters.indices.contains { startsTrace(letters[$0...]) }
    }

    /// The texts in the notation of ISO 6709, such as `+52.5167+013.4000/`.
    static func notations(in bytes: [UInt8], from start: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = start
        while let next = bytes[place...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
            let length = notationLength(bytes[next...])
            if let length { found.append(next..<next + length) }
            place = next + (length ?? 1)
        }
        return found
    }

    /// The addresses of positions (RFC 5870), such as `geo:52.5167,13.4`.
    static func addresses(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        while let next = bytes[place...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "g") }) {
            let length = addressLength(bytes[next...])
            if let length { found.append(next..<next + length) }
            place = next + (length ?? 1)
        }
        return found
    }

    /// `geo:`, latitude, a comma and longitude; behind it all that belongs to the address.
    private static func addressLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard zip("geo:".utf8, bytes).allSatisfy({ $0 == $1 | 0x20 }), bytes.count > 4 else { return nil }
        var rest = bytes.dropFirst(4)
        for isLast in [false, true] {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
            guard digits.contains(where: isDigit) else { return nil }
            rest = rest[digits.endIndex...]
            guard isLast || rest.popFirst() == UInt8(ascii: ",") else { return nil }
        }
        return rest.drop { !" \t\r\n\0\"'<>&".utf8.contains($0) }.startIndex - bytes.startIndex
    }

    private static func startsTrace(_ rest: ArraySlice<UInt8>) -> Bool {
        switch rest.first {
        case UInt8(ascii: "G"), UInt8(ascii: "g"):
            PositionNames.begin(rest) || telemetry.contains { rest.starts(with: $0) } || addressLength(rest) != nil
        case UInt8(ascii: "$"): sentences.contains { rest.starts(with: $0) }
        case UInt8(ascii: "+"), UInt8(ascii: "-"): notationLength(rest) != nil
        default: false
        }
    }

    /// The streams of a camera's telemetry (GPMF).
    private static let telemetry = ["GPS5", "GPS9", "GPSU"].map { Array($0.utf8) }
    /// NMEA 0183, of one satellite system or of several.
    private static let sentences = ["$GPRMC", "$GPGGA", "$GPGLL", "$GNRMC", "$GNGGA", "$GNGLL"].map { Array($0.utf8) }

    /// Latitude and longitude with decimals, perhaps a height, and the solidus that ends them.
    private static func notationLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        var rest = bytes
        for whole in [[2, 4, 6], [3, 5, 7]] {
            guard let digits = number(&rest), whole.contains(digits.whole), digits.decimals >= 2 else { return nil }
        }
        _ = number(&rest)
        return rest.first == UInt8(ascii: "/") ? rest.startIndex + 1 - bytes.startIndex : nil
    }

    /// Takes a signed number from the front.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> (whole: Int, decimals: Int)? {
        guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let afterSign = rest.dropFirst()
        let whole = afterSign.prefix(12).prefix { isDigit($0) }
        guard !whole.isEmpty else { return nil }
        var end = whole.endIndex
        var decimals = 0
        if end < rest.endIndex, rest[end] == UInt8(ascii: ".") {
            decimals = rest[(end + 1)...].prefix(12).prefix { isDigit($0) }.count
            end += 1 + decimals
        }
        rest = rest[end...]
        return (whole.count, decimals)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
