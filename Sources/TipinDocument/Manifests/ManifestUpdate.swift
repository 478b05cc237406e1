package import TipinJSON

/// Brings a manifest up to date: entries that stand keep their bytes but for the members that change, new ones follow
/// in the order given. None is removed unless that is asked for.
package struct ManifestUpdate: Sendable {
    private let entries: [AssetMembers]
    private let used: Set<ByteKey>?
    private let dropped: Set<ByteKey>

    /// - Parameters:
    ///   - entries: one for each asset that the nodes name; `assetID` is the key. Of equal keys the first counts.
    ///   - used: further ids that the document names: entries of all others are removed; `nil` keeps them all.
    ///   - dropped: ids whose entries are removed in any case.
    package init(_ entries: [AssetMembers], used: Set<ByteKey>? = nil, dropping dropped: Set<ByteKey> = []) {
        self.used = used.map { $0.union(entries.map { ByteKey($0.assetID) }) }
        self.dropped = dropped.isEmpty ? [] : dropped.subtracting(entries.map { ByteKey($0.assetID) })
        var keys: Set<ByteKey> = Set(minimumCapacity: entries.count)
        for entry in entries { keys.insert(ByteKey(entry.assetID)) }
        guard keys.count < entries.count else {
            self.entries = entries
            return
        }
        keys = []
        self.entries = entries.filter { keys.insert(ByteKey($0.assetID)).inserted }
    }

    /// The edits in a document with a place for a manifest.
    package func edits(in document: CollectedDocument, at place: ManifestPlace, style: LayoutStyle) -> [Edit] {
        guard !entries.isEmpty || (isRemoving && place.value.isPresent), !place.isForeign else { return [] }
        return document.bytes.withUnsafeBufferPointer { text in
            guard place.value.isPresent, text[Int(place.value.start)] == UInt8(ascii: "{") else {
                guard !entries.isEmpty else { return [] }
                let change = MemberChange.set(Manifest.memberName, newManifest)
                return ObjectEditor(text, objectAt: Int(place.owner.start), style: style).edits([change])
            }
            return edits(in: text, objectAt: Int(place.value.start), style: style)
        }
    }

    /// A manifest file as it should be.
    /// - Parameter file: its present bytes; `nil` where there is none.
    package func file(updating file: [UInt8]?) -> [UInt8] {
        guard let file else {
            let style = LayoutStyle(newline: [0x0A], unit: [0x20, 0x20], colon: Array(": ".utf8))
            return newManifest.rendered(style, indent: []) + [0x0A]
        }
        let edits = file.withUnsafeBufferPointer { text -> [Edit] in
            guard let start = text.firstIndex(of: UInt8(ascii: "{")) else { return [] }
            return self.edits(in: text, objectAt: start, style: LayoutStyle(of: text))
        }
        return edits.applied(to: file)
    }

    /// Whether entries may go that stand there.
    package var isRemoving: Bool { used != nil || !dropped.isEmpty }

    private var newManifest: JSONValue { .object(entries.map { JSONValue.Member($0.assetID, $0.fileRef) }) }

    private func edits(in text: UnsafeBufferPointer<UInt8>, objectAt start: Int, style: LayoutStyle) -> [Edit] {
        let layout = ObjectLayout(text, objectAt: start)
        let members = MemberIndex(layout, in: text)
        var edits: [Edit] = []
        var added: [MemberChange] = []
        for entry in entries {
            guard let member = members.member(entry.assetID), member.kind == .objectStart else {
                added.append(.set(entry.assetID, entry.fileRef))
                continue
            }
            let reader = MemberReader(text, objectAt: member.value.lowerBound)
            if entry.isSaid(by: reader) { continue }
            edits += ObjectEditor(text, reader.layout, style: style)
                .edits(entry.fileRefChanges(present: reader.presentFields))
        }
        return edits + ObjectEditor(text, layout, style: style).edits(added + removals(layout, text))
    }

    private func removals(_ layout: ObjectLayout, _ text: UnsafeBufferPointer<UInt8>) -> [MemberChange] {
        guard isRemoving else { return [] }
        let keys = layout.members.map { UnsafeBufferPointer(rebasing: text[$0.key]) }
        // A key that is no text names nothing, but no change can name it either.
        return keys.filter { !JSONString.hasLoneSurrogate($0) }.map(JSONString.text)
            .filter { key in
                let key = ByteKey(key)
                return dropped.contains(key) || used.map { !$0.contains(key) } ?? false
            }
            .map { .remove($0) }
    }
}
