/// How a catalog is opened.
package enum CatalogMode: Sendable {
    /// Made where it is missing.
    case create
    /// `CatalogError.missing` where it is missing.
    case existing
    /// Nothing is changed or created on disk, not even beside the file.
    case readOnly
}
