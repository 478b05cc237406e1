internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// What a mention says of the bytes behind its address.
struct AddressMeaning: Sendable {
    /// Of bytes that were read.
    struct Digests: Sendable {
        /// As they are stored.
        var stored: SHA256Digest
        /// As they were found; `nil` where that is the same.
        var found: SHA256Digest?

        init(stored: SHA256Digest, found: SHA256Digest?) {
            self.stored = stored
            self.found = found
        }

        /// - Parameter rule: what storing them would remove.
        init(of bytes: [UInt8], _ type: FileType, rule: MetadataRule) {
            let found = SHA256Digest(of: bytes)
            let stripped = try? MetadataStripper.stripped(bytes, type: type, rule: rule)
            self.init(stored: stripped.map { SHA256Digest(of: $0) } ?? found, found: found)
        }
    }

    /// What the document calls them, where it gives them a name.
    var id: String?
    /// As they were found or as they are stored.
    var sha256: SHA256Digest?

    /// Whether bytes can be meant: an id shaped like ours is made of their digest.
    func mayBe(_ digests: Digests) -> Bool {
        guard says(digests) else { return false }
        guard let id, AssetID.isDerived(id) else { return true }
        return AssetID.matches(id, digests.stored)
    }

    /// Why bytes cannot be meant.
    /// - Parameter address: where they were read.
    func problem(with digests: Digests, at address: AddressImports.Address) -> Problem {
        if let sha256, !says(digests) { return Self.otherBytes(address.shown, sha256, digests.found ?? digests.stored) }
        return Self.idMismatch(id ?? "", digests.stored)
    }

    private func says(_ digests: Digests) -> Bool {
        sha256.map { $0 == digests.stored || $0 == digests.found } ?? true
    }

    static func idMismatch(_ id: String, _ digest: SHA256Digest) -> Problem {
        Problem(
            .bytesDoNotMatchID, "asset id belongs to other bytes",
            notes: ["'\(id)' is not the id of bytes with SHA-256 \(digest)"],
            help: ["one of the two was changed by hand; restore the document, or put the picture in again"])
    }

    /// - Parameters:
    ///   - said: the digest beside the address.
    ///   - found: of the bytes that the address leads to.
    static func otherBytes(_ address: String, _ said: SHA256Digest, _ found: SHA256Digest) -> Problem {
        Problem(
            .digestMismatch, "image address leads to other bytes than the 'sha256' beside it",
            notes: [
                "the document says SHA-256 \(said)",
                "'\(Redaction.redacted(String(address.prefix(200))))' leads to SHA-256 \(found)",
            ],
            help: ["mend the one that is wrong; --prefer document takes the address's picture"])
    }
}

extension AddressImports.Address {
    /// As it is told of.
    fileprivate var shown: String {
        switch self {
        case .text(let text), .either(let text, _): text
        case .inline(let address): address.withBytes { String(decoding: $0.prefix(200), as: UTF8.self) }
        }
    }
}
