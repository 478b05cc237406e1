/// Goes through the tags of an XML text and finds those whose names speak of a position.
struct XMPTags {
    private let bytes: [UInt8]
    private var place = 0
    private var found: [Range<Int>] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The ranges of such elements and attributes; `nil` where an element of that kind is not closed.
    var positions: [Range<Int>]? {
        var walk = self
        while let start = walk.bytes[walk.place...].firstIndex(of: UInt8(ascii: "<")) {
            walk.place = start
            guard walk.readTag() else { return nil }
        }
        return walk.found
    }

    private mutating func readTag() -> Bool {
        if skip(from: "<!--", to: "-->") || skip(from: "<![CDATA[", to: "]]>") || skip(from: "<?", to: "?>")
            || skip(from: "</", to: ">")
        {
            return true
        }
        let start = place
        place += 1
        let name = readName()
        let attributes = readAttributes()
        guard PositionNames.isName(name) else {
            found += attributes
            return true
        }
        if place >= 2, bytes[place - 2] != UInt8(ascii: "/") {
            guard let end = end(of: name) else { return false }
            place = end
        }
        found.append(start..<place)
        return true
    }

    private mutating func skip(from start: String, to end: String) -> Bool {
        guard bytes[place...].starts(with: start.utf8) else { return false }
        place += start.utf8.count
        place = index(after: end) ?? bytes.count
        return true
    }

    private func index(after text: String) -> Int? {
        let text = Array(text.utf8)
        var index = place
        while let next = bytes[index...].firstIndex(of: text[0]) {
            if bytes[next...].starts(with: text) { return next + text.count }
            index = next + 1
        }
        return nil
    }

    /// The place after the tag that closes an element.
    private func end(of name: String) -> Int? {
        var walk = self
        while let next = walk.index(after: "</" + name) {
            walk.place = next
            let rest = bytes[next...].drop { Self.isSpace($0) }
            if rest.first == UInt8(ascii: ">") { return rest.startIndex + 1 }
        }
        return nil
    }

    private mutating func readName() -> String {
        let ends = [UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "<")]
        let name = bytes[place...].prefix { !Self.isSpace($0) && !ends.contains($0) }
        place = name.endIndex
        return String(decoding: name, as: UTF8.self)
    }

    /// Reads to the end of the tag.
    /// - Returns: the attributes that speak of a position.
    private mutating func readAttributes() -> [Range<Int>] {
        var positions: [Range<Int>] = []
        while place < bytes.count {
            let start = place
            let name = readName()
            if name.isEmpty {
                place += 1
                if bytes[place - 1] == UInt8(ascii: ">") { break }
                continue
            }
            place = bytes[place...].drop { Self.isSpace($0) || $0 == UInt8(ascii: "=") }.startIndex
            guard place < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[place]) else { continue }
            let quote = bytes[place]
            place = bytes[(place + 1)...].firstIndex(of: quote).map { $0 + 1 } ?? bytes.count
            if PositionNames.isName(name) { positions.append(start..<place) }
        }
        return positions
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
