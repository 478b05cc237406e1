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
    public func importLocalFile(_ path: String, _ context: ImportContext) async throws -> AddedAsset {
        try await TipinError.rethrowingAsync {
            let importer = try importer(for: context)
            let asset = try await importer.prepare(
                file: path, book: context.bookId, roles: [context.role.rawValue])
            return try await finish(asset, context, importer)
        }
    }

    /// Imports bytes that are in memory, such as a pasted picture (PRD 9.2), and links them.
    public func importBytes(_ bytes: [UInt8], _ context: ImportContext) async throws -> AddedAsset {
        try await TipinError.rethrowingAsync {
            let importer = try importer(for: context)
            let asset = try await importer.prepare(
                bytes, name: nil, book: context.bookId, roles: [context.role.rawValue])
            return try await finish(asset, context, importer)
        }
    }

    /// Imports bytes that come piece by piece, such as a download, and links them. They are refused as soon as there
    /// are more of them than `maxUploadMB`.
    /// - Parameter size: how many bytes there will be, where that is known: too many are refused before one is read,
    ///   and a stream that was cut short is found out.
    public func importStream<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, size: Int? = nil, _ context: ImportContext
    ) async throws -> AddedAsset where Pieces.Element: Collection, Pieces.Element.Element == UInt8 {
        try await TipinError.rethrowingAsync {
            let importer = try importer(for: context)
            let asset = try await importer.prepare(
                stream: pieces, size: size, book: context.bookId, roles: [context.role.rawValue])
            return try await finish(asset, context, importer)
        }
    }

    /// Imports a file in the place of an asset: the new one gets the entity's link, the old one loses it (PRD 8.4).
    ///
    /// The new one also gets the old one's place in a gallery, tags and description, where the context says nothing of
    /// them.
    public func replaceAsset(
        _ assetID: String, with path: String, _ context: ImportContext
    ) async throws -> AddedAsset {
        try await TipinError.rethrowingAsync {
            let importer = try importer(for: context)
            let prepared = try await importer.prepare(
                file: path, book: context.bookId, roles: [context.role.rawValue])
            return try await added(prepared, context.bookId, context.role, importer) { writer, new in
                _ = try writer.replaceLink(of: assetID, with: Self.link(new, context))
            }
        }
    }

    /// Imports a file in the place of an asset, wherever it is linked or, with an entity and a role, there alone.
    ///
    /// Nothing changes where the file is the asset's own picture.
    /// - Parameter bookID: of the new one's bytes; the old one's owner where `nil`.
    package func replaceAsset(
        _ assetID: String, with path: String, in entity: Entity?, role: AssetRole?, bookID: String?
    ) async throws -> AddedAsset {
        try await TipinError.rethrowingAsync {
            let old = try asset(assetID)
            let links = try catalog().read { try $0.links(toAsset: old.id) }
            guard let book = try bookID ?? catalog().read({ try $0.ownerBook(of: old.id) }) else {
                throw RunError.usage(Problem(.usage, "no book is named", help: ["give --book"]))
            }
            if let entity, let role, !links.contains(where: { $0.entity == entity && $0.role == role.rawValue }) {
                throw LinkError.missing(asset: old.id, entity, role)
            }
            let importer = try importer()
            let roles = role.map { [$0.rawValue] } ?? links.map(\.role)
            let prepared = try await Self.naming(path) {
                try await importer.prepare(file: path, book: book, roles: roles)
            }
            let shown = role ?? links.first.map { AssetRole(rawValue: $0.role) } ?? .attachment
            return try await added(prepared, book, shown, importer) { writer, new in
                guard let entity, let role else {
                    guard !new.id.hasSameBytes(as: old.id) else { return }
                    try writer.replaceAsset(old.id, with: new.id)
                    // The next 'resolve' or 'publish' rewrites the documents that mention it.
                    try writer.recordReplacement(
                        Replacement(
                            oldSHA256: old.sha256, oldAssetID: old.id, newAssetID: new.id, reason: .replace))
                    return
                }
                _ = try writer.replaceLink(
                    of: old.id, with: LinkSpec(assetID: new.id, entity: entity, role: role.rawValue))
            }
        }
    }

    /// What is wrong with a picture is said of the file that it is.
    private static func naming<Value>(_ path: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error where error.concernsPicture {
            var problem = error.problem
            let name = "'\(Redaction.printable(path))'"
            if !problem.notes.contains(where: { $0.contains(name) }) { problem.notes.insert(name, at: 0) }
            throw PictureFailure(problem: problem)
        }
    }

    // MARK: Links

    /// Links a known asset to an entity; a second cover takes the first one's place (PRD 10).
    ///
    /// What is `nil` stays as it is where the link is there already.
    public func linkAsset(
        _ assetID: String, to entity: Entity, role: AssetRole, sortOrder: Int? = nil, tags: [String]? = nil,
        description: String? = nil
    ) throws {
        try TipinError.rethrowing {
            try Self.refuseEmpty(entity, role)
            let asset = try asset(assetID)
            if let type = FileType(mime: asset.mime) { try type.admit(as: role.rawValue) }
            try catalog().write { writer in
                _ = try writer.link(
                    LinkSpec(
                        assetID: asset.id, entity: entity, role: role.rawValue, sortOrder: sortOrder, tags: tags,
                        description: description, mark: nil))
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

    /// Puts an entity's assets of one role into an order, such as the pictures of a gallery: those named first, the
    /// others after them as they stood.
    /// - Returns: the ids of all of them in their new order.
    /// - Throws: `TipinError` with `link-missing` where one is not linked so; then nothing was changed.
    @discardableResult
    public func orderAssets(_ assetIDs: [String], of entity: Entity, role: AssetRole) throws -> [String] {
        try TipinError.rethrowing {
            let wanted = assetIDs.map(ByteKey.init)
            guard Set(wanted).count == wanted.count else {
                throw RunError.usage(Problem(.usage, "an asset is named twice", help: ["name each asset once"]))
            }
            let ordered = try catalog().write { try $0.order(assetIDs, of: entity, role: role.rawValue) }
            if let ordered { return ordered.map(\.assetID) }
            let links = try catalog().read { try $0.links(of: entity, role: role.rawValue) }
            let linked = Set(links.map { ByteKey($0.assetID) })
            throw LinkError.missing(asset: wanted.first { !linked.contains($0) }?.text ?? "", entity, role)
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

    private func importer(for context: ImportContext) throws -> AssetImporter {
        try Self.refuseEmpty(context.entity, context.role)
        return try importer()
    }

    func catalog() throws -> Catalog {
        guard let catalog = store.workspace.catalog else { throw RunError.usage(Self.readOnly) }
        return catalog
    }

    func asset(_ id: String) throws -> Asset {
        guard let asset = try catalog().read({ try $0.asset(id: id) }) else { throw AssetQueryError.unknown(id) }
        return asset
    }

    private func finish(
        _ prepared: PreparedAsset, _ context: ImportContext, _ importer: AssetImporter
    ) async throws -> AddedAsset {
        try await added(prepared, context.bookId, context.role, importer) { writer, asset in
            _ = try writer.link(Self.link(asset, context))
        }
    }

    /// What was prepared goes into the catalog with what follows from it in one go, or none of it.
    private func added(
        _ prepared: PreparedAsset, _ book: String, _ role: AssetRole, _ importer: AssetImporter,
        _ body: @escaping @Sendable (CatalogWriter, Asset) throws -> Void
    ) async throws -> AddedAsset {
        let remote = store.workspace.remote?.name.rawValue
        let imported = try await BlockingThread.run(throwing: {
            try importer.commit([prepared], remote: remote) { writer, imported in
                for new in imported { try body(writer, new.asset) }
            }
        })
        guard let new = imported.first else { throw AssetQueryError.unknown("") }
        return AddedAsset(reference: try fileRef(new.asset, book, role), warnings: new.warnings)
    }

    /// What has no name cannot be found again.
    static func refuseEmpty(_ entity: Entity, _ role: AssetRole) throws {
        for (word, what) in [(entity.type.rawValue, "kind of entity"), (entity.id, "entity"), (role.rawValue, "role")]
        where word.isEmpty {
            throw RunError.usage(Problem(.usage, "\(what) is empty", help: ["name the entity and the role"]))
        }
    }

    static func link(_ asset: Asset, _ context: ImportContext) -> LinkSpec {
        LinkSpec(
            assetID: asset.id, entity: context.entity, role: context.role.rawValue, sortOrder: context.sortOrder,
            tags: context.tags.isEmpty ? nil : context.tags, description: context.description, mark: nil)
    }

    func fileRef(_ asset: Asset, _ bookID: String?, _ role: AssetRole) throws -> FileRef {
        store.workspace.uses?.note(asset.id)
        return try catalog().read { try fileRef(asset, bookID, role, at: nil, $0) }
    }

    /// - Parameter path: where its bytes lie, relative to the data folder; `nil` looks for them.
    func fileRef(
        _ asset: Asset, _ bookID: String?, _ role: AssetRole, at path: String?, _ reader: CatalogReader
    ) throws -> FileRef {
        let workspace = store.workspace
        let book = try bookID ?? reader.ownerBook(of: asset.id) ?? ""
        let copy = try CopyAtRemote.find(of: asset, book: book, remote: workspace.remote, reader)
        return FileRef(
            assetId: asset.id, sha256: asset.sha256.description, role: role, mime: asset.mime, width: asset.width,
            height: asset.height, remoteId: copy?.id, remoteUrl: copy?.url,
            localPath: path.flatMap { workspace.blobs?.absolutePath(of: $0) }
                ?? workspace.blobPath(of: asset.sha256, book: book))
    }

    static let readOnly = Problem(.usage, "store was opened for reading only")
}
