internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
package import TipinJSON

/// `assets rebook`: a book's id changed, and everything that knew the book by the old one gets the new one.
///
/// The documents are not touched: whoever changed the book's id changed it there, and the next `resolve` or `publish`
/// writes what follows from it. A second time nothing is left to do.
package struct RebookRun: Sendable {
    private let workspace: Workspace
    private let catalog: Catalog
    private let blobs: BlobStore

    /// - Throws: `CatalogError.missing` where there is no store.
    package init(_ workspace: Workspace) throws {
        self.workspace = workspace
        catalog = try workspace.standingCatalog()
        blobs = try workspace.standingBlobs()
    }

    /// What changed.
    package struct Result: Sendable, Equatable {
        package var assets: Int
        package var links: Int
        /// Copies that the next `sync` or `publish` sends again.
        package var resends: Int

        /// Whether all of it was done before.
        package var isRepeat = false

        /// One object on a line of its own.
        package func write(from old: String, to new: String, _ writer: inout JSONWriter) {
            writer.object { writer in
                writer.member("from", old)
                writer.member("to", new)
                writer.member("assets", assets)
                writer.member("links", links)
                writer.member("resends", resends)
            }
            writer.newline()
        }
    }

    /// - Throws: `RebookError`; then nothing was changed.
    package func run(_ old: String, as new: String) throws -> Result {
        guard !old.hasSameBytes(as: new) else { throw RebookError.same(old) }
        let (known, isRepeat, obstacles) = try catalog.read { reader in
            (
                try reader.knows(book: old),
                try reader.wasRebooked(old, as: new),
                try reader.obstacles(rebooking: old, as: new, movesFiles: Self.hasBookInAddresses)
            )
        }
        guard known || isRepeat else {
            // Older versions noted nothing: then a second time and a slip of the pen look the same.
            let isStanding = try catalog.read { try $0.knows(book: new) }
            throw RebookError.unknown(old, standing: isStanding ? new : nil)
        }
        guard obstacles.isEmpty else { throw RebookError.obstacles(obstacles) }
        var batch = BlobBatch()
        let paths = try blobs.addEntries(of: old, to: new, batch: &batch)
        // Names before references, as for every blob.
        try batch.finish(in: blobs.folder)
        let changed = try catalog.write { writer in
            try writer.rebook(
                old, as: new, paths: paths, absolute: blobs.absolutePath(of:), movesFiles: Self.hasBookInAddresses)
        }
        try blobs.removeEntries(of: old, standingIn: new)
        return Result(
            assets: changed.assets, links: changed.links, resends: changed.resends, isRepeat: !known)
    }

    /// A folder that is served has one folder for each book. What a server does with the files of a book whose id
    /// changed is the server's: its addresses are kept as long as they answer.
    private static func hasBookInAddresses(_ remote: String) -> Bool { remote.hasPrefix("folder:") }
}
