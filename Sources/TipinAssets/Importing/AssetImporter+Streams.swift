extension AssetImporter {
    /// `prepare` for bytes that come piece by piece: hashed as they come, and refused as soon as there are too many.
    /// - Parameter size: how many there will be, where that is known.
    package func prepare<Pieces: AsyncSequence>(
        stream pieces: Pieces, size: Int?, name: String? = nil, book: String, roles: [String] = []
    ) async throws -> PreparedAsset where Pieces.Element: Collection, Pieces.Element.Element == UInt8 {
        let limit = limits.maxBytes
        if let size, size > limit { throw ImportError.tooLarge(size: size, limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size ?? 0)
        var stream = SHA256Stream()
        for try await piece in pieces {
            guard piece.count <= limit - bytes.count else { throw ImportError.tooLarge(size: nil, limit: limit) }
            let start = bytes.count
            bytes += piece
            bytes.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        }
        if let size, size != bytes.count { throw ImportError.cutShort(expected: size, found: bytes.count) }
        return try await prepare(bytes, digest: stream.digest(), name: name, book: book, roles: roles)
    }
}
