/// Why metadata could not be removed.
package enum MetadataError: Error, Sendable, Equatable {
    /// The file's own structure cannot be followed to its end; nothing was changed.
    case malformed(FileType)
}
