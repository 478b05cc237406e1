/// The beginning of an XML or HTML text, up to its first element.
struct MarkupStart {
    /// The name of the first element in lower case, without a namespace prefix.
    private(set) var firstElement: String?
    private(set) var isHTML = false

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while true {
            rest = rest.drop { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains($0) }
            guard rest.first == UInt8(ascii: "<") else { return }
            if rest.starts(with: "<!--".utf8) {
                guard let after = Self.after("-->", in: rest.dropFirst(4)) else { return }
                rest = after
            } else if rest.starts(with: "<?".utf8) {
                guard let after = Self.after("?>", in: rest.dropFirst(2)) else { return }
                rest = after
            } else if rest.starts(with: "<!".utf8) {
                let words = Self.name(rest.dropFirst(2)) + Self.name(rest.dropFirst(10))
                isHTML = words == "doctypehtml"
                guard let after = Self.afterDeclaration(rest) else { return }
                rest = after
            } else {
                break
            }
        }
        let name = Self.name(rest.dropFirst())
        guard !name.isEmpty else { return }
        let local = name.split(separator: ":").last.map(String.init) ?? name
        firstElement = local
        isHTML = isHTML || ["html", "head", "body", "title", "script", "meta", "div"].contains(local)
    }

    private static func after(_ end: String, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let end = Array(end.utf8)
        for index in bytes.indices where bytes[index...].starts(with: end) { return bytes[(index + end.count)...] }
        return nil
    }

    /// A document type may have declarations of its own in brackets.
    private static func afterDeclaration(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var depth = 0
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">") where depth <= 0: return bytes[(index + 1)...]
            default: break
            }
        }
        return nil
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let name = bytes.prefix { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
        }
        return String(decoding: name.prefix(40), as: UTF8.self).lowercased()
    }
}
