internal import TipinAssets
internal import TipinDiagnostics
public import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Brings pictures into the store and links them to what they belong to (PRD 7.1).
public struct AssetService: Sendable {
    let store: AssetStore

    public init(_ store: AssetStore) { self.store = store }

    // MARK: Importing

    /// Imports a file and links it (PRD 8.1).
    ///
    /// The same bytes give the same asset; a new cover takes the old one's place.
    /// - Parameter path: absolute.
    /// - Throws: `TipinError` with `not-an-image`, `asset-too-large`, `type-not-allowed`, `image-damaged`, `disk-full`
    ///   and others.
    public func importLocalFile(_ path: String, _ context: ImportContext) async throws -> FileRef {
        try await TipinError.rethrowingAsync {
            let importer = try importer()
            let asset = try await importer.prepare(file: path, book: context.bookId)
            return try finish(asset, context, importer)
        }
    }

    /// Imports bytes that are in memory, such as a pasted picture (PRD 9.2), and links them.
    public func importBytes(_ bytes: [UInt8], _ context: ImportContext) async throws -> FileRef {
        try await TipinError.rethrowingAsync {
            let importer = try importer()
            let asset = try await importer.prepare(bytes, name: nil, book: context.bookId)
            return try finish(asset, context, importer)
        }
    }

    /// Imports a file in the place of an asset: the new one gets the entity's link, the old one loses it (PRD 8.4).
    public func replaceAsset(_ assetID: String, with path: String, _ context: ImportContext) async throws -> FileRef {
        let new = try await importLocalFile(path, context)
        guard new.assetId != assetID else { return new }
        try unlinkAsset(assetID, from: context.entity, role: context.role)
        return new
    }

    // MARK: Links

    /// Links a known asset to an entity; a second cover takes the first one's place (PRD 10).
    public func linkAsset(_ assetID: String, to entity: Entity, role: AssetRole, sortOrder: Int = 0) throws {
        try TipinError.rethrowing {
            let id = try asset(assetID).id
            try catalog().write { writer in
                _ = try writer.link(
                    LinkSpec(assetID: id, entity: entity, role: role.rawValue, sortOrder: sortOrder, mark: nil))
            }
        }
    }

    /// Takes a link away; the asset and its bytes stay.
    /// - Returns: whether there was such a link.
    @discardableResult
    public func unlinkAsset(_ assetID: String, from entity: Entity, role: AssetRole) throws -> Bool {
        try TipinError.rethrowing {
            let id = try asset(assetID).id
            return try catalog().write { try $0.unlink(assetID: id, entity: entity, role: role.rawValue) }
        }
    }

    // MARK: References

    /// What a document says of the asset, with this machine's `localPath` (PRD 7.1 `getFileRef`).
    /// - Parameter bookID: the book whose remote copy is meant; the owner's where `nil`.
    public func fileRef(for assetID: String, bookID: String? = nil, role: AssetRole = .attachment) throws -> FileRef {
        try TipinError.rethrowing { try fileRef(try asset(assetID), bookID, role) }
    }

    /// Which address `resolveSource` prefers.
    public enum Preference: Sendable { case preferRemote, preferLocal }

    /// Where a picture can be loaded from: its `remoteUrl`, else the path of the bytes on this machine (PRD 18).
    /// - Returns: `nil` where neither is known.
    public func resolveSource(of reference: FileRef, _ preference: Preference = .preferRemote) -> String? {
        var remote = reference.remoteUrl
        var local = reference.localPath.flatMap { Paths.isRegularFile($0) ? $0 : nil }
        if let known = try? fileRef(for: reference.assetId, role: reference.role), known.sha256 == reference.sha256 {
            remote = remote ?? known.remoteUrl
            local = known.localPath ?? local
        }
        return preference == .preferLocal ? local ?? remote : remote ?? local
    }

    // MARK: Looking at files

    /// The SHA-256 of a file as 64 lower-case hexadecimal digits, read piece by piece (PRD 7.1 `compute_sha256`).
    public static func sha256(ofFile path: String) throws -> String {
        try TipinError.rethrowing {
            let file = try Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path))
            var stream = SHA256Stream()
            while true {
                let chunk = try file.readChunk(upTo: 1 << 20)
                if chunk.isEmpty { return stream.digest().description }
                stream.update(chunk)
            }
        }
    }

    /// What a picture is, by decoding all of it in the worker; nothing is stored (PRD 7.1 `probe_image`).
    public func probe(_ path: String) async throws -> ProbedImage {
        try await TipinError.rethrowingAsync {
            try await ImageProbe(store.workspace.settings, host: store.workspace.host).image(at: path)
        }
    }

    // MARK: Parts

    func importer() throws -> AssetImporter {
        guard let importer = store.workspace.importer else { throw RunError.usage(Self.readOnly) }
        return importer
    }

    func catalog() throws -> Catalog {
        guard let catalog = store.workspace.catalog else { throw RunError.usage(Self.readOnly) }
        return catalog
    }

    private func asset(_ id: String) throws -> Asset {
        guard let asset = try catalog().read({ try $0.asset(id: id) }) else { throw AssetQueryError.unknown(id) }
        return asset
    }

    private func finish(
        _ prepared: PreparedAsset, _ context: ImportContext, _ importer: AssetImporter
    ) throws -> FileRef {
        let imported = try importer.commit([prepared], remote: store.workspace.remote?.name.rawValue)
        guard let asset = imported.first?.asset else { throw AssetQueryError.unknown("") }
        try catalog().write { writer in _ = try writer.link(Self.link(asset, context)) }
        return try fileRef(asset, context.bookId, context.role)
    }

    static func link(_ asset: Asset, _ context: ImportContext) -> LinkSpec {
        LinkSpec(
            assetID: asset.id, entity: context.entity, role: context.role.rawValue, sortOrder: context.sortOrder,
            tags: context.tags.isEmpty ? nil : context.tags, description: context.description, mark: nil)
    }

    func fileRef(_ asset: Asset, _ bookID: String?, _ role: AssetRole) throws -> FileRef {
        let workspace = store.workspace
        let (book, copy) = try catalog().read { reader in
            let book = try bookID ?? reader.ownerBook(of: asset.id) ?? ""
            return (book, try CopyAtRemote.find(of: asset, book: book, remote: workspace.remote, reader))
        }
        return FileRef(
            assetId: asset.id, sha256: asset.sha256.description, role: role, mime: asset.mime, width: asset.width,
            height: asset.height, remoteId: copy?.id, remoteUrl: copy?.url,
            localPath: workspace.blobPath(of: asset.sha256, book: book))
    }

    private static let readOnly = Problem(.usage, "store was opened for reading only")
}
