package import TipinJSON

/// One place in a document that speaks of an asset.
///
/// Small, because a document may hold a million: what it says is read from the document's bytes when it is needed.
package struct Mention: Sendable {
    /// How it speaks of the asset.
    package enum Form: String, Sendable, CaseIterable {
        case fileRef = "file-ref"
        case assetID = "asset-id"
        case dataURL = "data-url"
        case remoteURL = "remote-url"
        case localFile = "local-file"
        case dead
    }

    /// What the bytes are that it owns.
    package enum Site: UInt8, Sendable {
        /// The `attrs` object of a node.
        case node
        /// The string value of a book field.
        case fieldString
        /// The object value of a book field.
        case fieldObject
        /// A FileRef object anywhere else.
        case fileRef
    }

    package var form: Form
    package var site: Site
    /// How many JSON strings it stands in.
    package var nesting: UInt16
    /// Of `RuleTable.nodes` or `RuleTable.fields`; meaningless for a FileRef elsewhere.
    var rule: UInt8
    /// Of `CollectedDocument.roles`.
    var role: UInt16
    /// The value that names the asset, in the document's offsets.
    package var value: ByteRange
    /// The object or string that the mention owns, in the document's offsets.
    package var owned: ByteRange
    /// Of `CollectedDocument.scopes`.
    var scope: Int32
    /// Of `CollectedDocument.paths`: the node, or the value itself.
    var path: Int32
    /// Of `CollectedDocument.suffixes`: from there to the value.
    var suffix: UInt16
    /// Of `CollectedDocument.manifests`; -1 where the manifest is a file beside the document.
    package var manifest: Int32
    /// The place among the elements of a gallery.
    package var order: Int32
}
