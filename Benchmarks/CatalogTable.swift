internal import Foundation
internal import TipinAssets
internal import TipinDocument

/// A catalog of 1,000,000 assets and as many links.
struct CatalogTable {
    private static let count = 1_000_000

    func lines() throws -> [String] {
        let path = FileManager.default.temporaryDirectory.path + "/tipin-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try DataFolder(path: path, creates: true)
        let file = data.path + "/catalog.sqlite"
        let built = try Seconds.measure { try fill(try Catalog(path: file, mode: .create)) }
        var lines = ["catalog of \(Self.count) assets and links, built in \(Int(built.wall)) s"]
        func row(_ name: String, _ goal: Double, _ times: Int, _ work: () throws -> Void) rethrows {
            let cost = try Seconds.measure { for _ in 0..<times { try work() } }
            let milliseconds = cost.wall * 1000 / Double(times)
            lines.append("  \(Table.left(name, 40))\(Table.ratio(milliseconds)) ms (goal < \(Table.ratio(goal)))")
        }
        try row("open", 100, 5) { _ = try Catalog(path: file, mode: .readOnly) }
        let catalog = try Catalog(path: file, mode: .create)
        var random = Splitmix(seed: 3)
        func asset() -> GeneratedCorpus.Asset { GeneratedCorpus.Asset(UInt64(random.next(below: Self.count))) }
        try row("lookup by id", 1, 2000) { try read(catalog) { try $0.asset(id: asset().id) } }
        try row("lookup by digest", 1, 2000) { try read(catalog) { try $0.asset(digest: asset().digest) } }
        try row("lookup by address", 1, 2000) { try read(catalog) { try $0.asset(remoteURL: asset().url) } }
        try row("lookup of a digest that is not there", 1, 2000) {
            try read(catalog) { try $0.asset(digest: GeneratedCorpus.Asset(random.next() | 1 << 63).digest) }
        }
        try row("links of an entity", 1, 2000) {
            let entity = Entity(type: .chapter, id: "c\(random.next(below: Self.count / 10))")
            try read(catalog) { try $0.links(of: entity) }
        }
        try row("pending uploads", 5, 20) {
            try read(catalog) { try $0.pendingUploads(remote: "folder:served", limit: 100) }
        }
        return lines
    }

    private func read<T>(_ catalog: Catalog, _ body: (CatalogReader) throws -> T?) throws {
        _ = try catalog.read { reader in try body(reader) != nil }
    }

    private func fill(_ catalog: Catalog) throws {
        let batch = 20_000
        for start in stride(from: 0, to: Self.count, by: batch) {
            try catalog.write { writer in
                for number in start..<(start + batch) { try add(UInt64(number), to: writer) }
            }
        }
    }

    /// One in a thousand waits to be sent.
    private func add(_ number: UInt64, to writer: CatalogWriter) throws {
        let asset = GeneratedCorpus.Asset(number)
        let row = try writer.insert(
            NewAsset(sha256: asset.digest, ext: "png", mime: "image/png", size: 1, status: .pendingUpload))
        try writer.addBook(assetID: row.id, bookID: "b\(number / 1000)", localPath: nil)
        let key = UploadKey(assetID: row.id, bookID: "b\(number / 1000)", remote: "folder:served")
        _ = try writer.enqueueUpload(assetID: row.id, bookID: key.bookID, remote: key.remote)
        if number % 1000 != 0 { _ = try writer.markUploaded(key, remoteID: nil, remoteURL: asset.url) }
        _ = try writer.link(
            LinkSpec(
                assetID: row.id, entity: Entity(type: .chapter, id: "c\(number / 10)"), role: "attachment",
                sortOrder: Int(number % 10)))
    }
}
