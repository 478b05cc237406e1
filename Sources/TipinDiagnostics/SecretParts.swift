/// Where in a text stands what nobody is to see: the name and the password before a host, and what follows `?` or `#`
/// in an address.
///
/// A text may be JSON as it stands in a file: its escapes are read, and those of texts in its strings.
package struct SecretParts: Sendable {
    private struct Part {
        /// In the text's bytes.
        var range: Range<Int>
        /// What is shown in its place.
        var substitute: String
    }

    /// A character of the text, as far as it can matter.
    private struct Unit {
        /// Its byte where that is ASCII; `other` for all else.
        var character: UInt8
        var range: Range<Int>
        /// Of a quote: how many backslashes stand before it.
        var depth = 0

        static let other: UInt8 = 0x80
        var isSlash: Bool { character == UInt8(ascii: "/") || character == UInt8(ascii: "\\") }
    }

    private let text: [UInt8]
    private let units: [Unit]
    /// Whether the text is one address, so that quotes belong to it.
    private let isAddress: Bool
    /// In ascending order.
    private var parts: [Part] = []

    package init(ofAddress address: String) { self.init(Array(address.utf8), isAddress: true) }

    /// - Parameters:
    ///   - text: JSON, or a piece of it that begins with a quote or outside of all strings.
    ///   - beginsInString: whether it begins somewhere in a string: then nobody knows what the rest of that is.
    package init(ofJSON text: [UInt8], beginsInString: Bool = false) {
        self.init(text, isAddress: false, beginsInString)
    }

    private init(_ text: [UInt8], isAddress: Bool, _ beginsInString: Bool = false) {
        self.text = text
        self.isAddress = isAddress
        units = Self.units(of: text)
        let start = beginsInString ? units.firstIndex { $0.character == UInt8(ascii: "\"") } ?? units.count : 0
        if start > 0 { parts.append(Part(range: bytes(0...start - 1), substitute: "…")) }
        find(from: start)
    }

    /// A part of the text as it may be shown; all of it where no range is given.
    package func shown(_ range: Range<Int>? = nil) -> String {
        let range = range ?? text.indices
        var bytes: [UInt8] = []
        var place = range.lowerBound
        for part in parts where part.range.overlaps(range) || part.range == range.upperBound..<range.upperBound {
            bytes += text[place..<max(place, part.range.lowerBound)]
            if part.range.lowerBound >= range.lowerBound { bytes += Array(part.substitute.utf8) }
            place = min(part.range.upperBound, range.upperBound)
        }
        return String(decoding: bytes + text[place..<range.upperBound], as: UTF8.self)
    }

    // MARK: Finding

    private mutating func find(from start: Int) {
        var place = start
        // Of the quotes that a text in a string has, none ends what stands in it.
        var depth = Int.max
        while place < units.count {
            let unit = units[place]
            switch unit.character {
            case UInt8(ascii: "\""):
                depth = unit.depth
                place += 1
            case UInt8(ascii: "?"), UInt8(ascii: "#"):
                place = hideQuery(after: place, depth)
            case UInt8(ascii: ":"):
                let start = endOfSlashes(from: place + 1)
                let isWeb = Self.webSchemes.contains(scheme(before: place))
                let begins = isWeb || byteCount(place + 1..<start) >= 2
                place = begins ? hideUserInfo(from: start, isWeb: isWeb, depth) : start
            case _ where unit.isSlash:
                let start = endOfSlashes(from: place)
                place = beginsAuthority(place..<start) ? hideUserInfo(from: start, isWeb: true, depth) : start
            default: place += 1
            }
        }
    }

    /// Browsers need no slashes after these.
    private static let webSchemes: Set<String> = ["http", "https", "ftp", "ws", "wss"]

    private func scheme(before place: Int) -> String {
        let letters = units[..<place].suffix(6).reversed().prefix { unit in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= unit.character | 0x20
        }
        return String(decoding: letters.reversed().map { $0.character | 0x20 }, as: UTF8.self)
    }

    private func endOfSlashes(from start: Int) -> Int { units[start...].firstIndex { !$0.isSlash } ?? units.count }

    private func byteCount(_ places: Range<Int>) -> Int {
        places.isEmpty ? 0 : units[places.upperBound - 1].range.upperBound - units[places.lowerBound].range.lowerBound
    }

    /// Whether the slashes are those of an address without a scheme.
    private func beginsAuthority(_ slashes: Range<Int>) -> Bool {
        let before = slashes.lowerBound > 0 ? units[slashes.lowerBound - 1].character : UInt8(ascii: " ")
        guard "\" (=,'>\n\t".utf8.contains(before) else { return false }
        // A backslash before a slash is its escape and none of its own.
        let count = units[slashes].reduce(0) { $0 + ($1.character == UInt8(ascii: "/") ? 1 : $1.range.count) }
        return count >= 2
    }

    /// - Returns: where the host ends.
    private mutating func hideUserInfo(from start: Int, isWeb: Bool, _ depth: Int) -> Int {
        let end = units[start...].firstIndex { $0.isSlash || "?#".utf8.contains($0.character) || ends($0, depth) }
        let authority = start..<(end ?? units.count)
        if let at = units[authority].lastIndex(where: { $0.character == UInt8(ascii: "@") }) {
            parts.append(Part(range: bytes(start...at), substitute: ""))
        } else if end == nil, isWeb, isCutOff(authority) {
            parts.append(Part(range: bytes(start...units.count - 1), substitute: "…"))
        }
        return authority.upperBound
    }

    /// Whether what stands before a host may go on behind the end of the text: what follows the colon is no port.
    private func isCutOff(_ authority: Range<Int>) -> Bool {
        let units = units[authority]
        guard units.first?.character != UInt8(ascii: "["),
            let colon = units.firstIndex(where: { $0.character == UInt8(ascii: ":") })
        else { return false }
        return !units[(colon + 1)...].allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0.character }
    }

    /// - Returns: where the query ends.
    private mutating func hideQuery(after mark: Int, _ depth: Int) -> Int {
        let end = units[(mark + 1)...].firstIndex { ends($0, depth) } ?? units.count
        if end > mark + 1 {
            parts.append(Part(range: bytes(mark + 1...end - 1), substitute: "…"))
        } else if isAddress {
            parts.append(Part(range: text.endIndex..<text.endIndex, substitute: "…"))
        }
        return end
    }

    private func bytes(_ places: ClosedRange<Int>) -> Range<Int> {
        units[places.lowerBound].range.lowerBound..<units[places.upperBound].range.upperBound
    }

    /// Whether it is the quote that ends the string in which an address stands.
    private func ends(_ unit: Unit, _ depth: Int) -> Bool {
        !isAddress && unit.character == UInt8(ascii: "\"") && unit.depth <= depth
    }

    // MARK: Characters

    private static func units(of text: [UInt8]) -> [Unit] {
        var units: [Unit] = []
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: "\\") {
                let unit = escape(at: place, in: text)
                units.append(unit)
                place = unit.range.upperBound
            } else {
                let byte = text[place] < 0x80 ? text[place] : Unit.other
                units.append(Unit(character: byte, range: place..<place + 1))
                place += 1
            }
        }
        return units
    }

    /// One backslash before what it escapes, or more of them in a text inside a string.
    private static func escape(at start: Int, in text: [UInt8]) -> Unit {
        let end = text[start...].firstIndex { $0 != UInt8(ascii: "\\") } ?? text.count
        guard end < text.count else { return Unit(character: UInt8(ascii: "\\"), range: start..<end) }
        switch text[end] {
        case UInt8(ascii: "/"): return Unit(character: text[end], range: start..<end + 1)
        case UInt8(ascii: "\""): return Unit(character: text[end], range: start..<end + 1, depth: end - start)
        case UInt8(ascii: "u"):
            let digits = text[(end + 1)...].prefix(4)
            if digits.count == 4, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
                "/:@?#\"".utf8.contains(code)
            {
                return Unit(character: code, range: start..<end + 5, depth: end - start)
            }
        default: break
        }
        return Unit(character: UInt8(ascii: "\\"), range: start..<end)
    }
}
