internal import TipinJSON

/// What a mention says, read from the document.
package struct MentionDetails: Sendable, Equatable {
    package var assetID: String?
    /// The member that holds the id.
    package var idName: String?
    /// Whether there is an id that is no text, so that nothing can be found by it.
    package var hasBrokenID = false
    /// Lower-case hexadecimal, 64 digits; what is not that counts as missing.
    package var sha256: String?
    /// As it stands there, unescaped; `nil` where it is missing, null or empty.
    package var address: String?
    /// The member that holds the address, or would.
    package var addressName = "src"
    /// The member of the object in the place of the address that holds it.
    package var innerAddressName: String?
    /// What stands in the place of the address.
    package var addressShape = AddressShape.missing
    /// The member that comes first among those that may hold an address.
    package var firstAddressName = "src"
    /// Whether null takes the place of an address that goes: by it the member is known that the app reads.
    package var leavesNull = false
    /// A member that comes before the address's and stands empty: once the address is gone, the next one would be
    /// written there.
    package var emptyAddressName: String?
    /// The member of a field's object that stands as null where its address would; `nil` where an address stands, or
    /// the FileRef has a `remoteUrl`: such a null may say that there is no link.
    package var nullAddressName: String?
    /// Whether the address is a field's, beside a FileRef's `remoteUrl`: no other one would come in its place.
    package var isBesideRemoteURL = false
    /// Whether the address is a link's.
    package var isLink = false
    package var role: String?
    package var mime: String?
    package var remoteID: String?
    package var remoteURL: String?
    package var localPath: String?
    /// The FileRef's own address that counts where the one before it cannot be read.
    package var nextOwnAddress: String?
    /// Whether there is a string of that name, though perhaps empty.
    package var hasAddressMember = false
    package var present: PresentFields = []
    /// Further addresses in the order of the rule table.
    package var others: [OtherAddress] = []

    package init() {}

    /// Whether the address, or what stands where one would, is not in the member that comes first.
    package var isInLaterMember: Bool { addressName != firstAddressName && addressShape != .missing }

    /// Whether the address is one of a FileRef's own members, and not beside them.
    package var isFileRefsOwn: Bool { FileRefFields.addresses.contains(addressName) }

    /// Whether another member holds an address too, which would count if this one were not there.
    package var hasOtherAddress: Bool { others.contains(where: \.isNext) }

    /// Whether the address cannot be taken out: another one would take its place, the next one would not be found where
    /// the app reads it, or an object of the app's own or a link would mean nothing without it.
    package var isHeld: Bool {
        innerAddressName != nil || hasOtherAddress || emptyAddressName != nil || isLink
    }

    /// The way to the address from the object that the mention owns.
    package var addressPath: String { [addressName, innerAddressName].compactMap(\.self).joined(separator: ".") }

    /// Makes the first member the one that an address is written to, whatever stands in later ones.
    package mutating func passOverLaterMembers() {
        for index in others.indices { others[index].isNext = false }
        if let address, !AddressForm.trimmed(address).isEmpty {
            others.insert(OtherAddress(name: addressPath, addresses: [address]), at: 0)
        }
        address = nil
        addressName = firstAddressName
        innerAddressName = nil
        hasAddressMember = false
        leavesNull = false
        emptyAddressName = nil
    }
}

extension MentionDetails {
    fileprivate mutating func readAddress(
        _ reader: MemberReader, _ names: [String], _ rules: RuleTable, passesOverBlank: Bool, shorteningInline: Bool
    ) {
        addressName = firstAddressName
        var member: ObjectLayout.Member?
        var blanks: [String] = []
        for name in names {
            guard let present = reader.present(name) else { continue }
            if reader.isBlank(present) {
                if !passesOverBlank { blanks.append(name) }
            } else if member == nil {
                (addressName, member) = (name, present)
            } else if name != addressName {
                others.append(OtherAddress(name: name, isNext: true, addresses: reader.addresses(in: present)))
            }
        }
        let isEmpty = { (name: String) in reader.isNull(name) || blanks.contains(name) }
        if member != nil {
            emptyAddressName = names.prefix { $0 != addressName }.first(where: isEmpty)
        } else if let first = names.first(where: isEmpty) {
            // Null keeps the place of an address that went: the one before all that are empty is what the app reads.
            addressName = first
            member = reader.present(first)
        }
        leavesNull = addressName != firstAddressName || names.contains { $0 != addressName && reader.isNull($0) }
        address = member.flatMap { reader.address($0, shorteningInline: shorteningInline) }
        hasAddressMember = member?.kind == .string
        addressShape = reader.shape(member)
        guard let inner = reader.object(member) else { return }
        let present = rules.innerAddresses.filter { inner.isPresent($0) }
        guard let name = present.first else { return }
        innerAddressName = name
        address = inner.string(name)
        hasAddressMember = inner.isString(name)
        for other in present.dropFirst() {
            guard let member = inner.present(other) else { continue }
            let addresses = inner.addresses(in: member)
            others.append(OtherAddress(name: addressName + "." + other, isNext: true, addresses: addresses))
        }
        others += inner.alternates(rules.alternates, below: addressName + ".")
    }

    /// Where nothing else names the picture, a FileRef's own addresses do.
    fileprivate mutating func readFileRefsOwnAddress() {
        guard assetID == nil, sha256 == nil, address == nil else { return }
        for name in FileRefFields.addresses {
            let text = name == FileRefFields.localPath ? localPath : remoteURL
            guard let text, !AddressForm.trimmed(text).isEmpty else { continue }
            guard address == nil else {
                nextOwnAddress = text
                return
            }
            (addressName, address, addressShape, hasAddressMember) = (name, text, .text, true)
        }
    }

    fileprivate mutating func readID(_ reader: MemberReader, _ names: [String]) {
        for name in names {
            guard let id = reader.string(name) else { continue }
            // U+FFFD begins with EF; it stands for what is no text, or for itself.
            hasBrokenID = id.contains(byte: 0xEF) && reader.isBroken(name)
            if !hasBrokenID { assetID = id }
            idName = name
            return
        }
    }
}

extension CollectedDocument {
    /// Reads what the mention says.
    /// - Parameter shorteningInline: whether the beginning of a long `data:` URL will do, for those who only ask what
    ///   kind of address there is.
    package func details(of mention: Mention, shorteningInline: Bool = false) -> MentionDetails {
        bytes.withUnsafeBufferPointer { document in
            guard mention.nesting > 0 else {
                let piece = UnsafeBufferPointer(rebasing: document[mention.owned.range])
                return details(of: mention, in: piece, shorteningInline)
            }
            let nested = NestedText(mention.owned.range, nesting: Int(mention.nesting), of: document)
            return nested.bytes.withUnsafeBufferPointer { details(of: mention, in: $0, shorteningInline) }
        }
    }

    private func details(
        of mention: Mention, in text: UnsafeBufferPointer<UInt8>, _ shorteningInline: Bool
    ) -> MentionDetails {
        mention.site == .fieldString ? stringDetails(text) : objectDetails(text, of: mention, shorteningInline)
    }

    private func stringDetails(_ token: UnsafeBufferPointer<UInt8>) -> MentionDetails {
        var details = MentionDetails()
        details.address = JSONString.text(token)
        return details
    }

    private func objectDetails(
        _ text: UnsafeBufferPointer<UInt8>, of mention: Mention, _ shorteningInline: Bool
    ) -> MentionDetails {
        let reader = MemberReader(text)
        var details = MentionDetails()
        let node = mention.site == .node ? rules.table.nodes[Int(mention.rule)] : nil
        details.readID(reader, node?.ids ?? ["assetId"])
        details.isLink = node?.isLink ?? false
        let names = node?.addresses ?? rules.table.fieldAddresses
        details.firstAddressName = names.first ?? "src"
        // A field's member that says nothing is none; a node's is, where none says more: an editor shows the first.
        details.readAddress(
            reader, names, rules.table, passesOverBlank: mention.site != .node, shorteningInline: shorteningInline)
        if mention.site == .fieldObject {
            // A FileRef's own members say nothing of which one beside them the app reads.
            details.leavesNull = true
        }
        details.sha256 = reader.string(.sha256).flatMap(FileRefFields.digest)
        details.role = reader.string(.role)
        details.mime = reader.string(.mime)
        details.remoteID = reader.string(.remoteID)
        details.remoteURL = reader.string(.remoteURL)
        details.localPath = reader.string(.localPath)
        details.present = reader.presentFields
        if mention.site == .fieldObject {
            if details.addressShape != .missing {
                details.isBesideRemoteURL = details.remoteURL != nil
            } else if details.remoteURL == nil {
                details.nullAddressName = names.first(where: reader.isNull)
            }
            details.readFileRefsOwnAddress()
        }
        if reader.layout.members.count > 1 { details.others += reader.alternates(rules.table.alternates) }
        return details
    }
}
