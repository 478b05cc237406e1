package import TipinJSON

extension AssetMembers {
    /// What changes in a FileRef that has some members already.
    /// - Parameter present: the members that are there and not null.
    func fileRefChanges(present: PresentFields) -> [MemberChange] {
        var changes: [MemberChange] = []
        func fill(_ name: String, _ field: PresentFields, _ value: JSONValue?, replaces: Bool = replacesIdentity) {
            if let value, replaces || !present.contains(field) { changes.append(.set(name, value)) }
        }
        fill(FileRefFields.assetID, .assetID, .string(assetID))
        fill(FileRefFields.sha256, .sha256, .string(sha256), replaces: replacesIdentity || replacesDigest)
        fill(FileRefFields.role, .role, .string(role.rawValue), replaces: false)
        fill(FileRefFields.mime, .mime, mime.map { .string($0) })
        fill(FileRefFields.width, .width, width.map { .number($0) })
        fill(FileRefFields.height, .height, height.map { .number($0) })
        func set(_ name: String, _ value: String?) {
            if let value {
                changes.append(.set(name, .string(value)))
            } else if replacesIdentity {
                changes.append(.remove(name))
            }
        }
        set(FileRefFields.remoteID, remoteID)
        set(FileRefFields.remoteURL, remoteURL)
        switch localPath {
        case .keep: set(FileRefFields.localPath, nil)
        case .set(let path): changes.append(.set(FileRefFields.localPath, .string(path)))
        case .remove: changes.append(.remove(FileRefFields.localPath))
        }
        return changes
    }

    /// Whether a FileRef says all of it already: nearly every one of a document that was done before.
    func isSaid(by reader: MemberReader) -> Bool {
        let present = reader.presentFields
        guard !replacesIdentity, present.isSuperset(of: [.assetID, .sha256, .role]),
            mime == nil || present.contains(.mime), width == nil || present.contains(.width),
            height == nil || present.contains(.height), remoteID.map({ reader.hasText(.remoteID, $0) }) ?? true,
            remoteURL.map({ reader.hasText(.remoteURL, $0) }) ?? true
        else { return false }
        switch localPath {
        case .keep: return true
        case .set(let path): return reader.hasText(.localPath, path)
        case .remove: return reader.member(.localPath) == nil
        }
    }

    /// A FileRef of its own, for places that have none.
    package var fileRef: JSONValue {
        .object(
            fileRefChanges(present: []).compactMap { change in
                guard case .set(let name, let value) = change else { return nil }
                return JSONValue.Member(name, value)
            })
    }

    /// - Returns: the change and the members that lead to the object where it is made.
    func addressChange(at details: MentionDetails) -> [(place: [String], change: MemberChange)] {
        let name = details.innerAddressName ?? details.addressName
        let place = details.innerAddressName == nil ? [] : [details.addressName]
        switch address {
        case .keep: return []
        case .set(let url): return [(place, .set(name, .string(url)))]
        case .remove:
            // The object is the app's own: without its address it would mean nothing to it.
            if details.addressShape == .object { return [] }
            // Null is as good as missing, and keeps the place among the members that may hold an address.
            return [(place, details.leavesNull ? .set(name, .text(Array("null".utf8))) : .remove(name))]
        }
    }

    /// What stands as null beside a FileRef that has no `remoteUrl` yet is what the app reads: the two come together.
    /// - Returns: as `addressChange(at:)`.
    func nullChange(at details: MentionDetails) -> [(place: [String], change: MemberChange)] {
        guard let name = details.nullAddressName, let remoteURL, address != .remove else { return [] }
        return [([], .set(name, .string(remoteURL)))]
    }
}

extension AssetMembers.Change {
    /// Whether a member that says `present` is as it should be; `false` where only its bytes can tell.
    func isDone(_ present: String?) -> Bool {
        switch self {
        case .keep: true
        case .remove: false
        // U+FFFD, which begins with EF, may stand for something else; `==` takes two normal forms for one.
        case .set(let text): text.hasSameBytes(as: present) && !text.contains(byte: 0xEF)
        }
    }
}
