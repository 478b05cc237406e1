internal import GRDB
package import TipinDocument

/// One statement for many rows costs a fraction of one for each; the answers are the same. Within a call that changes
/// the catalog nothing is fetched ahead.
extension CatalogReader {
    /// Ids or digests in one statement: few enough that their text stays small.
    private static let chunk = 500
    /// So few are as quick one by one.
    private static let few = 4

    /// Makes `asset(sha256:)` answer at once for these digests.
    package func fetchAhead(assets digests: some Collection<SHA256Digest>) throws {
        guard let ahead else { return }
        let new = Set(digests).filter { ahead.assets[$0] == nil }
        guard new.count > Self.few else { return }
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
        let new = Set(ids.map(ByteKey.init)).filter { ahead.uploads[$0] == nil && Self.isPlain($0.text) }
        guard new.count > Self.few else { return }
        for id in new { ahead.uploads[id] = [] }
        try inChunks(new.map(\.text)) { list in
            let lines = try uploads(
                "WHERE asset_id IN (SELECT value FROM json_each(?)) ORDER BY asset_id, book_id, remote", [list])
            for line in lines { ahead.uploads[ByteKey(line.key.assetID), default: []].append(line) }
        }
    }

    /// Makes `asset(remoteURL:)` answer at once for those of the addresses that an asset's own row has.
    package func fetchAhead(assetsAt urls: some Collection<String>) throws {
        guard let ahead else { return }
        let new = Set(urls.map(ByteKey.init)).filter { ahead.servedAssets[$0] == nil && Self.isPlain($0.text) }
        guard new.count > Self.few else { return }
        try inChunks(new.map(\.text)) { list in
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
                """, [Self.array(part.map(\.assetID)), Self.array(part.map(\.entity.id))])
            for link in links {
                let ends = FetchedRows.LinkEnds(link.assetID, link.entity)
                if wanted.contains(ends) { ahead.unmarkedRoles[ends]?.append(link.role) }
            }
        }
    }

    /// - Parameter body: gets a JSON array of some of the texts, which are plain.
    private func inChunks(_ texts: [String], _ body: (String) throws -> Void) throws {
        let sorted = texts.sorted()
        for start in stride(from: 0, to: sorted.count, by: Self.chunk) {
            let part = sorted[start..<min(start + Self.chunk, sorted.count)]
            try body(Self.array(part))
        }
    }

    private static func array(_ texts: some Sequence<String>) -> String {
        "[\"" + texts.joined(separator: "\",\"") + "\"]"
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
