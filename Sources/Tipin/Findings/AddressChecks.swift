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

    /// The first of a mention's addresses that expires.
    /// - Parameters:
    ///   - asset: what the mention means, with its bytes where they are here; asked for only where one expires.
    ///   - hasRemote: whether one is configured.
    static func expiring(
        _ addresses: [String?], of asset: @autoclosure () -> ResolvedAsset, hasRemote: Bool
    ) -> Problem? {
        guard var problem = addresses.lazy.compactMap(expiringRemote).first else { return nil }
        guard asset().isKept else { return problem }
        problem.notes.append("the picture is kept here, so that only the address ends")
        problem.help = [replacing(hasRemote: hasRemote)]
        return problem
    }

    /// How an address gives way to the remote's.
    private static func replacing(hasRemote: Bool) -> String {
        syncing(hasRemote: hasRemote) + ": \(hasRemote ? "the remote's" : "its") address takes the place of this one"
    }

    /// How the picture comes to a remote.
    /// - Parameter hasRemote: whether one is configured.
    static func syncing(hasRemote: Bool) -> String {
        hasRemote ? "run 'tipin sync' with the document" : "name a remote and run 'tipin sync'"
    }

    /// The first of further addresses that expires.
    static func expiring(_ others: [OtherAddress]) -> Problem? {
        for other in others {
            guard var problem = other.addresses.lazy.compactMap(expiringRemote).first else { continue }
            problem.notes.append("it stands in '\(shown(other.name))', which is not rewritten")
            problem.help = ["take it out in the editor, or put a lasting address there"]
            return problem
        }
        return nil
    }

    /// Of an attachment only the poster is a picture, which every reader is to get.
    static func ofPictures(_ others: [OtherAddress], in content: RuleTable.Content) -> [OtherAddress] {
        content == .picture ? others : others.filter(\.isPoster)
    }

    /// What is said of further addresses, which stay.
    /// - Parameter address: the one that counts, once the document is written: where another says the same, nothing.
    static func kept(_ others: [OtherAddress], besides address: String? = nil) -> Problem? {
        let told = others.filter { other in
            !other.addresses.isEmpty && !other.addresses.allSatisfy { $0.hasSameBytes(as: address) }
        }
        guard !told.isEmpty else { return nil }
        let names = told.prefix(Self.shownOthers).map { "'\(shown($0.name))'" }
        let more = told.count > names.count ? " and \(told.count - names.count) more" : ""
        var notes = ["\(names.joined(separator: ", "))\(more) may show readers another picture, or none"]
        for other in told.prefix(Self.shownOthers) {
            guard let local = other.addresses.first(where: isLocal) else { continue }
            let address = Redaction.redacted(String(local.prefix(200)))
            notes.append("'\(shown(other.name))' has '\(address)', which other machines do not")
        }
        return Problem(
            .alternateAddressKept, "further addresses stay as they are", notes: notes,
            help: ["take them out in the editor if they are not needed"])
    }

    private static let shownOthers = 6

    private static func shown(_ name: String) -> String { Redaction.printable(String(name.prefix(40))) }

    private static func isLocal(_ address: String) -> Bool {
        if case .localFile = AddressForm(AddressForm.trimmed(address)) { true } else { false }
    }

    /// What is said of an inline or local address that stays though the asset's bytes are kept here.
    /// - Parameter hasRemote: whether one is configured.
    static func held(_ address: String, in details: MentionDetails, hasRemote: Bool) -> Problem? {
        guard details.isHeld || details.isBesideRemoteURL else { return nil }
        let path = "'\(shown(details.addressPath))'"
        let reason =
            if details.isLink {
                "\(path) stays, because a link without it leads nowhere"
            } else if let empty = details.emptyAddressName, !details.hasOtherAddress {
                "\(path) stays, because without it the next one would go to '\(shown(empty))', which is empty"
            } else if !details.isHeld {
                "\(path) stays, because null in its place beside a 'remoteUrl' would stay null"
            } else if details.innerAddressName == nil {
                "\(path) stays, because without it the next address would be taken for the picture's"
            } else {
                "\(path) stays, because the object is the app's own and would mean nothing without it"
            }
        let notes = ["'\(Redaction.redacted(String(address.prefix(200))))'", reason]
        let help = [replacing(hasRemote: hasRemote)]
        switch AddressForm(AddressForm.trimmed(address)) {
        case .dataURL:
            return Problem(
                .dataURLInline, "image stands inside the document as a 'data:' URL", notes: notes, help: help)
        case .localFile:
            return Problem(
                .localAddress, "image is a local file that other machines do not have", notes: notes, help: help)
        case .remoteURL, .dead: return nil
        }
    }

    static func `private`(_ url: String) -> Problem? {
        guard let address = try? WebURL(url), address.hasPrivateHost else { return nil }
        return Problem(
            .addressPrivate, "address leads to a private host",
            notes: ["'\(Redaction.redacted(url))' can be read on one network only"],
            help: ["give the remote a public address"])
    }
}
