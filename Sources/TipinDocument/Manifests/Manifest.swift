internal import TipinJSON

/// The FileRefs beside a `content`, by asset id, so that nodes need to hold no more than the id.
package enum Manifest {
    /// The member's name.
    package static let memberName = "fileRefs"
    /// What the name of a file ends with that holds the manifest of a document without a place for it.
    package static let fileSuffix = ".fileRefs.json"

    /// The entries in the order they stand, each with what it says; of equal keys the last.
    /// - Parameter text: begins with the `{` of the manifest.
    /// - Returns: `nil` where the object is no manifest: not every value is an object with a `sha256`.
    package static func entries(of text: UnsafeBufferPointer<UInt8>) -> [Entry]? {
        let index = ManifestIndex(text, objectAt: 0)
        return index.isManifest(in: text) ? index.entries(in: text) : nil
    }

    /// One entry as it stands in the document.
    package struct Entry: Sendable, Equatable {
        /// The asset's id in this document.
        package var key: String
        package var sha256: String
        package var role: String?
        package var mime: String?
        package var remoteID: String?
        package var remoteURL: String?
        package var localPath: String?
        /// Members that are there and not null.
        package var present: PresentFields = []

        /// - Parameter reader: of the entry's object; `nil` for one without a digest.
        init?(key: String, _ reader: MemberReader) {
            guard let digest = reader.string(.sha256).flatMap(FileRefFields.digest) else { return nil }
            self.key = key
            sha256 = digest
            role = reader.string(.role)
            mime = reader.string(.mime)
            remoteID = reader.string(.remoteID)
            remoteURL = reader.string(.remoteURL)
            localPath = reader.string(.localPath)
            present = reader.presentFields
        }
    }
}
