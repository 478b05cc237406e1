internal import TipinDiagnostics
internal import TipinSync

/// What is wrong with an address that is to last.
enum AddressChecks {
    /// Signed addresses work for some hours and then never again.
    static func expiring(_ url: String) -> Problem? {
        guard let mark = url.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        let query = url[url.utf8.index(after: mark)...]
        let names = query.split(whereSeparator: { $0 == "&" || $0 == "#" })
            .map { $0.prefix { $0 != "=" }.lowercased() }
        guard let sign = names.first(where: signs.contains) else { return nil }
        return Problem(
            .addressExpires, "address is signed and will expire",
            notes: ["'\(Redaction.redacted(url))' has '\(sign)' in its query"],
            help: ["import the picture before it does: 'tipin migrate'"])
    }

    private static let signs: Set = [
        "x-amz-expires", "x-amz-signature", "x-goog-expires", "x-goog-signature", "expires", "signature", "sig",
        "key-pair-id",
    ]

    static func `private`(_ url: String) -> Problem? {
        guard let address = try? WebURL(url), address.hasPrivateHost else { return nil }
        return Problem(
            .addressPrivate, "address leads to a private host",
            notes: ["'\(Redaction.redacted(url))' can be read on one network only"],
            help: ["give the remote a public address"])
    }
}
