internal import TipinAssets
internal import TipinDocument
internal import TipinJSON

/// What is written down of an asset before it is removed, so that it can be brought back as it was.
enum RemovedAsset {
    /// - Returns: one JSON object.
    static func record(of id: String, _ catalog: Catalog) throws -> [UInt8] {
        try catalog.read { reader in
            var writer = JSONWriter()
            guard let asset = try reader.asset(id: id) else { return writer.bytes }
            let (books, aliases) = (try reader.books(of: id), try reader.aliases(of: id))
            let (sources, digests) = (try reader.sourceURLs(of: id), try reader.sourceDigests(of: id))
            writer.object { writer in
                asset.writePicture(to: &writer)
                writer.member("created_at", asset.createdAt)
                writer.member("updated_at", asset.updatedAt)
                writer.member("books", books)
                writer.member("source_urls", sources)
                writer.member("source_sha256", digests.map(\.description))
                writer.key("aliases")
                writer.array { writer in
                    for alias in aliases {
                        writer.object { writer in
                            writer.member("book", alias.book)
                            writer.member("document", alias.document)
                            writer.member("id", alias.id)
                        }
                    }
                }
            }
            writer.newline()
            return writer.bytes
        }
    }

    static func record(ofStray digest: SHA256Digest) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { $0.member("sha256", digest.description) }
        writer.newline()
        return writer.bytes
    }
}
