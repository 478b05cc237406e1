extension ImportLimits {
    /// The type of bytes that may become an asset, as far as their size and first bytes tell.
    package func admit(_ bytes: [UInt8]) throws(ImportError) -> FileType {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= maxBytes else { throw .tooLarge(size: bytes.count, limit: maxBytes) }
        guard let type = FileType.sniff(bytes) else { throw .notAnImage(FileType.describe(bytes)) }
        if type == .svg { throw .svgRefused }
        guard allowed.contains(type) else { throw .typeNotAllowed(type) }
        return type
    }
}

extension FileType {
    /// What is never decoded can be kept, but not shown.
    /// - Throws: `ImportError.notShown`.
    package func admit(as role: String) throws(ImportError) {
        let shown = ["cover", "avatar", "gallery", "divider", "map"]
        if imageFormat == nil, shown.contains(role) { throw .notShown(role: role) }
    }
}
