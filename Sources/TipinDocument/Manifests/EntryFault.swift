/// A value in an object `fileRefs` that is no entry of a manifest.
package struct EntryFault: Sendable, Equatable {
    package enum Kind: Sendable {
        case notAnObject
        case noDigest
        /// A `sha256` that is not 64 hexadecimal digits.
        case badDigest
    }

    package var key: String
    /// Where it stands.
    package var value: Range<Int>
    package var kind: Kind
}
