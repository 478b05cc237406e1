/// What lies in the books' folders of a blob.
package struct BlobFacts: Sendable, Equatable {
    /// Bytes of the largest entry; where there is none, of all thumbnails.
    package var size: Int
    /// When any of it was changed last, in milliseconds since 1970.
    package var changed: Int64
    /// Whether the bytes themselves are in no book.
    package var isThumbnailsOnly: Bool
}
