internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// What is wrong with an address that is to last.
enum AddressChecks {
    /// Signed addresses work for some hours and then never again.
    static func expiring(_ url: String) -> Problem? {
        guard let found = ExpiringAddress(url) else { return nil }
        let sign = Redaction.printable(String(found.sign.prefix(40)))
        var notes = ["'\(Redaction.redacted(url))' has '\(sign)' in it"]
        if let end = found.end, (0...253_402_300_799).contains(end) {
            notes.append("it says itself that it is good until \(WallClock.timestamp(milliseconds: Int64(end) * 1000))")
        }
        return Problem(
            .addressExpires, "address is signed and will expire", notes: notes,
            help: ["import the picture before it does: 'tipin migrate'"])
    }

    /// Of an http(s) address alone: others do not last by their kind.
    static func expiringRemote(_ address: String?) -> Problem? {
        guard let address, case .remoteURL = AddressForm(address) else { return nil }
        return expiring(address)
    }

    /// - Parameter name: the attribute.
    static func alternate(_ name: String) -> Problem {
        Problem(
            .alternateAddressKept, "node has further addresses, which stay as they are",
            notes: ["'\(Redaction.printable(String(name.prefix(40))))' may show readers another picture, or none"],
            help: ["take the attribute out in the editor if it is not needed"])
    }

    static func `private`(_ url: String) -> Problem? {
        guard let address = try? WebURL(url), address.hasPrivateHost else { return nil }
        return Problem(
            .addressPrivate, "address leads to a private host",
            notes: ["'\(Redaction.redacted(url))' can be read on one network only"],
            help: ["give the remote a public address"])
    }
}
