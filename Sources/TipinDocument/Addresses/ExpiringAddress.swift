internal import Glibc

/// Recognises addresses that stop working after a time: signed ones, and those with a token that has a date.
package struct ExpiringAddress: Sendable, Equatable {
    /// The parameter that gives it away, in lower case.
    package let sign: String
    /// Seconds since 1970, where the address says until when it is good.
    package let end: Int?

    /// `nil` where nothing in the address speaks of an end.
    package init?(_ address: String) { self.init(address, depth: 0) }

    private init?(_ address: String, depth: Int) {
        // Nearly all addresses have neither.
        guard address.contains(byte: UInt8(ascii: "?")) || address.contains(byte: UInt8(ascii: "~")) else { return nil }
        let query = AddressQuery(address)
        guard let found = Self.find(in: query) ?? Self.inPath(query.path) ?? Self.nested(query, depth) else {
            return nil
        }
        self = found
    }

    private init(sign: String, end: Int? = nil) {
        self.sign = sign
        self.end = end
    }

    private static func find(in query: AddressQuery) -> ExpiringAddress? {
        guard !query.isEmpty else { return nil }
        return storage(query) ?? pair(query) ?? dated(query) ?? token(query)
    }

    // MARK: Storage services

    /// Services that put their name before every parameter: Amazon's S3 and what speaks like it, Google, Alibaba,
    /// Volcano, Huawei.
    private static let services = ["x-amz-", "x-goog-", "x-oss-", "x-tos-", "x-obs-"]

    private static func storage(_ query: AddressQuery) -> ExpiringAddress? {
        for service in services {
            for name in ["expires", "signature", "security-token"] where query[service + name] != nil {
                let start = query[service + "date"].flatMap(AddressTime.seconds)
                let length = query[service + "expires"].flatMap { Int($0) }
                let end = start.flatMap { start in length.map { start &+ $0 } }
                return ExpiringAddress(sign: service + name, end: end)
            }
        }
        if query["q-sign-algorithm"] != nil, query["q-signature"] != nil {
            let times = query["q-sign-time"]?.split(separator: ";").compactMap { Int($0) }
            return ExpiringAddress(sign: "q-signature", end: times?.last)
        }
        return nil
    }

    /// Parameters that mean something only together: each is a common word.
    private static func pair(_ query: AddressQuery) -> ExpiringAddress? {
        if query["sig"] != nil, let end = query["se"] {
            return ExpiringAddress(sign: "sig", end: AddressTime.seconds(end))
        }
        // A stored policy of Azure has the end.
        if query["sig"] != nil, query["sv"] != nil, query["si"] != nil { return ExpiringAddress(sign: "sig") }
        if query["key-pair-id"] != nil, query["signature"] != nil {
            return ExpiringAddress(sign: "key-pair-id", end: query["expires"].flatMap(AddressTime.seconds))
        }
        // Discord and Meta write the end in hexadecimal.
        if query["hm"] != nil, query["is"] != nil, let end = query["ex"].flatMap(AddressTime.hexadecimal) {
            return ExpiringAddress(sign: "ex", end: end)
        }
        if query["oh"] != nil, let end = query["oe"].flatMap(AddressTime.hexadecimal) {
            return ExpiringAddress(sign: "oe", end: end)
        }
        if query["token"] != nil, let end = query["e"].flatMap(AddressTime.seconds) {
            return ExpiringAddress(sign: "e", end: end)
        }
        if let end = query["verify"]?.split(separator: "-").first.flatMap({ AddressTime.seconds(String($0)) }) {
            return ExpiringAddress(sign: "verify", end: end)
        }
        return nil
    }

    // MARK: Dates and tokens

    private static let ends = [
        "expires", "expire", "expiry", "expiration", "exp", "expires_at", "expiresat", "expirationtimestamp",
        "valid_until", "validuntil", "validto", "x-expires", "ttl_until",
    ]
    private static let signatures = [
        "signature", "sig", "token", "hmac", "hash", "policy", "googleaccessid", "awsaccesskeyid", "ossaccesskeyid",
        "accesskeyid", "auth", "s",
    ]

    /// A date alone says enough; a number of seconds beside a signature does too, and `expires=never` does not.
    private static func dated(_ query: AddressQuery) -> ExpiringAddress? {
        for name in ends {
            guard let value = query[name] else { continue }
            if let end = AddressTime.seconds(value) { return ExpiringAddress(sign: name, end: end) }
            if Int(value).map({ $0 > 0 }) == true, signatures.contains(where: { query[$0] != nil }) {
                return ExpiringAddress(sign: name)
            }
        }
        return nil
    }

    /// A token that tells its own end: a JSON Web Token (RFC 7519) with `exp`, or Akamai's `exp=…~hmac=…`.
    private static func token(_ query: AddressQuery) -> ExpiringAddress? {
        for (name, value) in query.values {
            if let end = inPath(value)?.end { return ExpiringAddress(sign: name, end: end) }
            if let end = AddressTime.endOfToken(value) { return ExpiringAddress(sign: name, end: end) }
        }
        return nil
    }

    private static func inPath(_ text: String) -> ExpiringAddress? {
        guard text.contains("hmac="), let start = text.firstRange(of: "exp=")?.upperBound else { return nil }
        let digits = String(text[start...].prefix { $0.isASCII && $0.isNumber })
        return AddressTime.seconds(digits).map { ExpiringAddress(sign: "exp", end: $0) }
    }

    /// The address of another picture that a service is asked to show.
    private static func nested(_ query: AddressQuery, _ depth: Int) -> ExpiringAddress? {
        guard depth < 2 else { return nil }
        for (_, value) in query.values where value.hasPrefix("http") || value.hasPrefix("//") {
            if let found = ExpiringAddress(value, depth: depth + 1) { return found }
        }
        return nil
    }
}

/// The parameters of an address, with names in lower case and values decoded.
private struct AddressQuery {
    let path: String
    private(set) var values: [(name: String, value: String)] = []

    /// A hostile address may have a million.
    private static let limit = 64

    init(_ address: String) {
        let whole = address.prefix { $0 != "#" }
        let head = whole.prefix { $0 != "?" }
        path = PercentCoding.decoded(String(head.suffix(2048)))
        for part in whole[head.endIndex...].dropFirst().split(separator: "&", maxSplits: Self.limit) {
            // HTML's own way of writing `&` is often left in.
            let part = part.hasPrefix("amp;") ? part.dropFirst(4) : part
            let name = part.prefix { $0 != "=" }
            let value = part[name.endIndex...].dropFirst()
            guard !value.isEmpty else { continue }
            values.append((PercentCoding.decoded(name.lowercased()), PercentCoding.decoded(String(value))))
        }
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(name: String) -> String? { values.first { $0.name == name }?.value }
}

/// Times as addresses write them, in seconds since 1970.
private enum AddressTime {
    /// Seconds or milliseconds since 1970, or a date: `2024-05-01`, `2024-05-01T10:00:00Z`, `20240501T100000Z`.
    static func seconds(_ text: String) -> Int? {
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let number = Int(text) else { return nil }
            switch text.utf8.count {
            case 10: return number
            case 13: return number / 1000
            default: return nil
            }
        }
        return date(text)
    }

    static func hexadecimal(_ text: String) -> Int? {
        guard text.utf8.count == 8, let number = Int(text, radix: 16), number > 1_000_000_000 else { return nil }
        return number
    }

    private static func date(_ text: String) -> Int? {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }.map { Int32($0) - 0x30 }
        let isDate = text.utf8.count >= 8 && (digits.count == 8 || digits.count >= 12) && digits.count <= 17
        guard isDate, text.utf8.contains(UInt8(ascii: "-")) || text.utf8.contains(UInt8(ascii: "T")) else { return nil }
        func number(_ range: Range<Int>) -> Int32 {
            range.upperBound <= digits.count ? digits[range].reduce(0) { $0 * 10 + $1 } : 0
        }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        var fields = tm()
        (fields.tm_year, fields.tm_mon, fields.tm_mday) = (year - 1900, month - 1, day)
        (fields.tm_hour, fields.tm_min, fields.tm_sec) = (number(8..<10), number(10..<12), number(12..<14))
        return timegm(&fields)
    }

    /// `exp` of a JSON Web Token; `nil` for other text.
    static func endOfToken(_ text: String) -> Int? {
        guard text.hasPrefix("eyJ"), text.utf8.count < 8192 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64.decoded(urlSafe: Array(parts[1].utf8)[...]) else { return nil }
        let words = String(decoding: payload, as: UTF8.self)
        guard let start = words.firstRange(of: "\"exp\"")?.upperBound else { return nil }
        let digits = words[start...].drop { $0 == ":" || $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        return Int(digits)
    }
}
