internal import TipinJSON

/// Finds the entries of one manifest by their keys; each is read when it is asked for, because a book has tens of
/// thousands. All questions are asked with the text that it was made of.
package struct ManifestIndex: Sendable {
    private let members: MemberIndex

    /// - Parameter start: the offset of the manifest's `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>, objectAt start: Int) {
        members = MemberIndex(ObjectLayout(text, objectAt: start), in: text)
    }

    var layout: ObjectLayout { members.layout }

    /// Whether every value is an object with a digest; else the object is no manifest.
    func isManifest(in text: UnsafeBufferPointer<UInt8>) -> Bool { firstFault(in: text) == nil }

    /// The first value that is no entry of a manifest.
    package func firstFault(in text: UnsafeBufferPointer<UInt8>) -> EntryFault? {
        for member in layout.members {
            let kind: EntryFault.Kind
            if member.kind != .objectStart {
                kind = .notAnObject
            } else {
                let reader = MemberReader(text, objectAt: member.value.lowerBound)
                if reader.string(.sha256).flatMap(FileRefFields.digest) != nil { continue }
                kind = reader.presentFields.contains(.sha256) ? .badDigest : .noDigest
            }
            let key = JSONString.text(UnsafeBufferPointer(rebasing: text[member.key]))
            return EntryFault(key: key, value: member.value, kind: kind)
        }
        return nil
    }

    /// What stands under a key; of equal keys the last counts.
    package func entry(_ key: String, in text: UnsafeBufferPointer<UInt8>) -> Manifest.Entry? {
        place(of: key, in: text).flatMap { Manifest.Entry(key: key, reader(at: $0, in: text)) }
    }

    /// All entries, in the order they stand.
    package func entries(in text: UnsafeBufferPointer<UInt8>) -> [Manifest.Entry] {
        layout.members.indices.compactMap { index in
            keyThatCounts(ofMember: index, in: text).flatMap {
                Manifest.Entry(key: $0, reader(at: index, in: text))
            }
        }
    }

    /// Where the `remoteUrl` of an entry stands; of equal keys the last counts.
    package func remoteURLRange(_ key: String, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        place(of: key, in: text).flatMap { reader(at: $0, in: text).member(.remoteURL)?.value }
    }

    /// The keys of all entries.
    package func keys(in text: UnsafeBufferPointer<UInt8>) -> [String] {
        layout.members.indices.compactMap { keyThatCounts(ofMember: $0, in: text) }
    }

    /// The place of the entry of that key among the members; `nil` where there is none, or something else stands there.
    func place(of key: String, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        members.place(of: key, in: text).flatMap { layout.members[$0].kind == .objectStart ? $0 : nil }
    }

    func reader(at place: Int, in text: UnsafeBufferPointer<UInt8>) -> MemberReader {
        MemberReader(text, objectAt: layout.members[place].value.lowerBound)
    }

    /// - Returns: `nil` for a member that a later one of the same key supersedes, and for a key that is no text:
    ///   nothing is found by it.
    func keyThatCounts(ofMember index: Int, in text: UnsafeBufferPointer<UInt8>) -> String? {
        let token = UnsafeBufferPointer(rebasing: text[layout.members[index].key])
        guard !JSONString.hasLoneSurrogate(token) else { return nil }
        let key = JSONString.text(token)
        return members.place(of: key, in: text) == index ? key : nil
    }
}
