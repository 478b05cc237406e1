package import TipinJSON

/// An object that has or can take a manifest: a chapter, a record's `content`, a wrapper with an id.
package struct ManifestPlace: Sendable {
    /// The object, from `{` to `}`.
    package var owner: ByteRange
    /// The value of its `fileRefs`; none where it has no such member.
    package var value: ByteRange
    /// Whether `fileRefs` is something else than a manifest and must be left alone.
    package var isForeign: Bool
    /// The JSON pointer of the owner.
    package var pointer: String
}
