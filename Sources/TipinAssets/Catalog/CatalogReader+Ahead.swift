internal import GRDB
package import TipinDocument
internal import TipinJSON

/// One statement for many rows costs a fraction of one for each; the answers are the same. Within a call that changes
/// the catalog nothing is fetched ahead.
extension CatalogReader {
    /// Ids or digests in one statement: few enough that their text stays small.
    static let chunk = 500
    /// So few are as quick one by one.
    private static let few = 4

    /// Makes `asset(sha256:)` answer at once for these digests.
    package func fetchAhead(assets digests: some Collection<SHA256Digest>) throws {
        guard let ahead else { return }
        let new = digests.sorted().withoutRepeats.filter { ahead.assets[$0] == nil }
        guard new.count > Self.few else { return }
        ahead.assets.reserveCapacity(ahead.assets.count + new.count)
        try fetch(new.map(\.description), into: ahead)
        // An app may have written them in capitals.
        let missing = new.filter { ahead.assets[$0] == nil }
        try fetch(missing.map { $0.description.uppercased() }, into: ahead)
        for digest in missing where ahead.assets[digest] == nil { ahead.assets[digest] = .some(nil) }
    }

    private func fetch(_ hex: [String], into ahead: FetchedRows) throws {
        try inChunks(hex) { list in
            for asset in try all("WHERE a.sha256 IN (SELECT value FROM json_each(?))", [list])
            where ahead.assets[asset.sha256] == nil { ahead.assets[asset.sha256] = asset }
        }
    }

    /// Makes `uploads(of:)` answer at once for these assets.
    package func fetchAhead(uploadsOf ids: some Collection<String>) throws {
        guard let ahead else { return }
        let new = ids.filter(Self.isPlain).sorted().withoutRepeats.filter { ahead.uploads[ByteKey($0)] == nil }
        guard new.count > Self.few else { return }
        ahead.uploads.reserveCapacity(ahead.uploads.count + new.count)
        try inChunks(new) { list in
            var lines = try uploads(
                "WHERE asset_id IN (SELECT value FROM json_each(?)) ORDER BY asset_id, book_id, remote", [list])[...]
            while let id = lines.first?.key.assetID {
                let end = lines.firstIndex { !$0.key.assetID.hasSameBytes(as: id) } ?? lines.endIndex
                ahead.uploads[ByteKey(id)] = Array(lines[..<end])
                lines = lines[end...]
            }
        }
        for id in new where ahead.uploads[ByteKey(id)] == nil { ahead.uploads[ByteKey(id)] = [] }
    }

    /// Makes `asset(remoteURL:)` answer at once for those of the addresses that an asset's own row has.
    package func fetchAhead(assetsAt urls: some Collection<String>) throws {
        guard let ahead else { return }
        let new = urls.filter(Self.isPlain).sorted().withoutRepeats.filter { ahead.servedAssets[ByteKey($0)] == nil }
        guard new.count > Self.few else { return }
        try inChunks(new) { list in
            for asset in try all("WHERE a.remote_url IN (SELECT value FROM json_each(?))", [list]) {
                guard let url = asset.remoteURL.map(ByteKey.init), ahead.servedAssets[url] == nil else { continue }
                ahead.servedAssets[url] = asset
            }
        }
    }

    /// Makes `rolesWithoutMark(of:for:)` answer at once for these pairs.
    package func fetchAhead(unmarkedRolesOf pairs: [(assetID: String, entity: Entity)]) throws {
        guard let ahead else { return }
        let new = pairs.filter { pair in
            guard Self.isPlain(pair.assetID), Self.isPlain(pair.entity.id) else { return false }
            return ahead.unmarkedRoles.updateValue([], forKey: .init(pair.assetID, pair.entity)) == nil
        }
        for start in stride(from: 0, to: new.count, by: Self.chunk) {
            let part = new[start..<min(start + Self.chunk, new.count)]
            let wanted = Set(part.map { FetchedRows.LinkEnds($0.assetID, $0.entity) })
            let links = try unmarkedLinks(
                """
                l.asset_id IN (SELECT value FROM json_each(?)) AND l.entity_id IN (SELECT value FROM json_each(?))
                """, [JSONWriter.array(of: part.map(\.assetID)), JSONWriter.array(of: part.map(\.entity.id))])
            for link in links {
                let ends = FetchedRows.LinkEnds(link.assetID, link.entity)
                if wanted.contains(ends) { ahead.unmarkedRoles[ends]?.append(link.role) }
            }
        }
    }

    /// - Parameters:
    ///   - texts: plain, in their order, in which SQLite finds them next to one another.
    ///   - body: gets a JSON array of some of them.
    private func inChunks(_ texts: [String], _ body: (String) throws -> Void) throws {
        for start in stride(from: 0, to: texts.count, by: Self.chunk) {
            try body(JSONWriter.array(of: texts[start..<min(start + Self.chunk, texts.count)]))
        }
    }

    /// Whether a text stands for itself in JSON; an app's ids may hold anything.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): false
            default: 0x20..<0x7F ~= byte
            }
        }
    }
}

extension Array where Element: Equatable {
    /// Of equal neighbours the first.
    fileprivate var withoutRepeats: [Element] {
        reduce(into: []) { kept, element in if kept.last != element { kept.append(element) } }
    }
}
