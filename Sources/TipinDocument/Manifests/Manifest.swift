internal import TipinJSON

/// The FileRefs beside a `content`, by asset id, so that nodes need to hold no more than the id.
package enum Manifest {
    /// The member's name.
    package static let memberName = "fileRefs"
    /// What the name of a file ends with that holds the manifest of a document without a place for it.
    package static let fileSuffix = ".fileRefs.json"

    /// The entries in the order they stand, each with what it says and where it stands in `text`; of equal keys the
    /// last.
    /// - Parameter text: begins with the `{` of the manifest.
    /// - Returns: `nil` where the object is no manifest: not every value is an object with a `sha256`.
    package static func entries(of text: UnsafeBufferPointer<UInt8>) -> [Entry]? {
        var entries: [Entry] = []
        for member in ObjectLayout(text, objectAt: 0).members {
            guard member.kind == .objectStart else { return nil }
            let reader = MemberReader(UnsafeBufferPointer(rebasing: text[member.value]))
            guard let digest = reader.string(.sha256).flatMap(FileRefFields.digest) else { return nil }
            let token = UnsafeBufferPointer(rebasing: text[member.key])
            // Nothing is found by a key that is no text.
            if JSONString.hasLoneSurrogate(token) { continue }
            let key = JSONString.text(token)
            var entry = Entry(key: key, sha256: digest, place: member.value)
            entry.role = reader.string(.role)
            entry.mime = reader.string(.mime)
            entry.remoteID = reader.string(.remoteID)
            entry.remoteURL = reader.string(.remoteURL)
            entry.localPath = reader.string(.localPath)
            entry.present = reader.presentFields
            entries.append(entry)
        }
        return withoutSuperseded(entries)
    }

    private static func withoutSuperseded(_ entries: [Entry]) -> [Entry] {
        var keys: Set<ByteKey> = []
        let last = entries.reversed().filter { keys.insert(ByteKey($0.key)).inserted }
        return last.count == entries.count ? entries : last.reversed()
    }

    /// One entry as it stands in the document.
    package struct Entry: Sendable, Equatable {
        /// The asset's id in this document.
        package var key: String
        package var sha256: String
        /// The entry's object, in the manifest's offsets.
        package var place: Range<Int>
        package var role: String?
        package var mime: String?
        package var remoteID: String?
        package var remoteURL: String?
        package var localPath: String?
        /// Members that are there and not null.
        package var present: PresentFields = []
    }
}
