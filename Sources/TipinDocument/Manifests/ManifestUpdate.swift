package import TipinJSON

/// Brings one manifest up to date, entry by entry: those that stand keep their bytes but for the members that change,
/// new ones follow in the order in which they were added. None is removed unless that is asked for.
package struct ManifestUpdate: Sendable {
    /// In which the manifest stands, or is to stand.
    private let bytes: [UInt8]
    private let target: Target
    private let style: LayoutStyle
    /// What stands; `nil` until an entry is looked for.
    private var standing: ManifestIndex?
    /// For each member that stands whether an entry of its key was added; empty until one is looked for.
    private var isNamed: [Bool] = []
    /// Entries that do not stand as they should, each id once.
    private var changes: [AssetMembers] = []
    /// Of those.
    private var digests: [ByteKey: String] = [:]

    private enum Target {
        /// The offset of the manifest's `{`.
        case manifest(Int)
        /// The offset of the object that has no manifest yet.
        case owner(Int)
        /// Nothing may be changed.
        case foreign
    }

    /// - Parameter style: the document's.
    package init(in document: CollectedDocument, at place: ManifestPlace, style: LayoutStyle) {
        bytes = document.bytes
        self.style = style
        if place.isForeign {
            target = .foreign
        } else if place.value.isPresent, bytes[Int(place.value.start)] == UInt8(ascii: "{") {
            target = .manifest(Int(place.value.start))
        } else {
            target = .owner(Int(place.owner.start))
        }
    }

    /// - Parameter file: the bytes of a manifest file; none for one that is to be made.
    package init(file: [UInt8]?) {
        bytes = file ?? Array("{}\n".utf8)
        style =
            file.map { $0.withUnsafeBufferPointer { LayoutStyle(of: $0) } }
            ?? LayoutStyle(newline: [0x0A], unit: [0x20, 0x20], colon: Array(": ".utf8))
        target = bytes.firstIndex(of: UInt8(ascii: "{")).map(Target.manifest) ?? .foreign
    }

    /// Makes the manifest say this of an asset that the document names; `assetID` is the key. Of equal keys the first
    /// counts.
    /// - Returns: `false` where another picture was added under that key: only one of the two could stand.
    package mutating func add(_ members: AssetMembers) -> Bool {
        let key = ByteKey(members.assetID)
        if let digest = digests[key] { return digest == members.sha256 }
        let outcome = compare(members)
        if outcome == .toBeChanged {
            changes.append(members)
            digests[key] = members.sha256
        }
        return outcome != .otherPicture
    }

    /// The edits in the text in which the manifest stands, in any order.
    /// - Parameters:
    ///   - used: ids that the document names: entries of all others are removed; `nil` keeps them all.
    ///   - dropped: ids whose entries are removed in any case. Entries that were added stay.
    package func edits(keeping used: Set<ByteKey>? = nil, dropping dropped: Set<ByteKey> = []) -> [Edit] {
        guard !changes.isEmpty || used != nil || !dropped.isEmpty else { return [] }
        return bytes.withUnsafeBufferPointer { text in
            switch target {
            case .foreign: return []
            case .owner(let start):
                guard !changes.isEmpty else { return [] }
                let manifest = JSONValue.object(changes.map { JSONValue.Member($0.assetID, $0.fileRef) })
                return ObjectEditor(text, objectAt: start, style: style)
                    .edits([.set(Manifest.memberName, manifest)])
            case .manifest(let start):
                let entries = standing ?? ManifestIndex(text, objectAt: start)
                return edits(entries, text) { key in dropped.contains(key) || used.map { !$0.contains(key) } ?? false }
            }
        }
    }

    /// The manifest file as it should be; `nil` where it is so already.
    /// - Parameters: as of `edits`.
    package func file(keeping used: Set<ByteKey>? = nil, dropping dropped: Set<ByteKey> = []) -> [UInt8]? {
        let edits = edits(keeping: used, dropping: dropped)
        return edits.isEmpty ? nil : edits.applied(to: bytes)
    }

    private enum Comparison {
        case saysIt, toBeChanged, otherPicture
    }

    private mutating func compare(_ members: AssetMembers) -> Comparison {
        guard case .manifest(let start) = target else { return .toBeChanged }
        return bytes.withUnsafeBufferPointer { text in
            let entries = standing ?? ManifestIndex(text, objectAt: start)
            if standing == nil {
                standing = entries
                isNamed = Array(repeating: false, count: entries.layout.members.count)
            }
            guard let place = entries.place(of: members.assetID, in: text) else { return .toBeChanged }
            let reader = entries.reader(at: place, in: text)
            if isNamed[place] { return reader.hasDigest(members.sha256) ? .saysIt : .otherPicture }
            isNamed[place] = true
            return members.isSaid(by: reader) && reader.hasDigest(members.sha256) ? .saysIt : .toBeChanged
        }
    }

    /// - Parameter isUnwanted: whether an entry that was not added is removed.
    private func edits(
        _ entries: ManifestIndex, _ text: UnsafeBufferPointer<UInt8>, _ isUnwanted: (ByteKey) -> Bool
    ) -> [Edit] {
        var edits: [Edit] = []
        var members: [MemberChange] = []
        for entry in changes {
            guard let place = entries.place(of: entry.assetID, in: text) else {
                members.append(.set(entry.assetID, entry.fileRef))
                continue
            }
            let reader = entries.reader(at: place, in: text)
            edits += ObjectEditor(text, reader.layout, style: style)
                .edits(entry.fileRefChanges(present: reader.presentFields))
        }
        for index in entries.layout.members.indices where isNamed.isEmpty || !isNamed[index] {
            guard let key = entries.keyThatCounts(ofMember: index, in: text), isUnwanted(ByteKey(key)) else { continue }
            members.append(.remove(key))
        }
        return members.isEmpty ? edits : edits + ObjectEditor(text, entries.layout, style: style).edits(members)
    }
}
