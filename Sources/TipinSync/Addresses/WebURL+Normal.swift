internal import TipinDocument

extension WebURL {
    /// Whether an address is its own `text`, told without parsing it: of the plain ones that nearly all are.
    ///
    /// Where it is not, the address may still be; then only `WebURL` can tell.
    package static func isPlainlyNormal(_ address: String) -> Bool {
        let start = address.hasFirstBytes(of: "https://") ? 8 : address.hasFirstBytes(of: "http://") ? 7 : 0
        guard start > 0 else { return false }
        var address = address
        return address.withUTF8 { bytes in
            guard let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) else { return false }
            return isPlainHost(bytes[start..<slash]) && isPlainPath(bytes[slash...])
        }
    }

    /// A name in lower case whose last part is no number: nothing that could be an IP address.
    private static func isPlainHost(_ host: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
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
    private static func isPlainPath(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
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
