extension WebURL {
    /// Whether an address is its own `text`, told without parsing it: of the plain ones that nearly all are.
    ///
    /// Where it is not, the address may still be; then only `WebURL` can tell.
    package static func isPlainlyNormal(_ address: String) -> Bool {
        let bytes = address.utf8
        let host: Substring.UTF8View
        if bytes.starts(with: "https://".utf8) {
            host = bytes.dropFirst(8)
        } else if bytes.starts(with: "http://".utf8) {
            host = bytes.dropFirst(7)
        } else {
            return false
        }
        guard let slash = host.firstIndex(of: UInt8(ascii: "/")) else { return false }
        return isPlainHost(host[..<slash]) && isPlainPath(host[slash...])
    }

    /// A name in lower case whose last part is no number: nothing that could be an IP address.
    private static func isPlainHost(_ host: Substring.UTF8View) -> Bool {
        var label = 0
        var first: UInt8 = 0
        for byte in host {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                if label == 0 { first = byte }
                label += 1
            case UInt8(ascii: ".") where label > 0: label = 0
            default: return false
            }
        }
        return label > 0 && first >= UInt8(ascii: "a")
    }

    /// Without escapes, dot segments, a query or a fragment.
    private static func isPlainPath(_ path: Substring.UTF8View) -> Bool {
        var previous: UInt8 = 0
        for byte in path {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                break
            case UInt8(ascii: "."), UInt8(ascii: "/"): if previous == UInt8(ascii: "/") { return false }
            default: return false
            }
            previous = byte
        }
        return true
    }
}
