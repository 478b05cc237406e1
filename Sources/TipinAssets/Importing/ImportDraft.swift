internal import TipinDiagnostics

/// What an import knows of its bytes so far.
struct ImportDraft: Sendable {
    /// As they are to be stored.
    var bytes: [UInt8]
    var digest: SHA256Digest
    /// The digest of the bytes as they were found.
    var source: SHA256Digest?
    var type: FileType
    var book: String
    /// The catalog's row.
    var known: Asset?
    /// A whole blob of a known asset, in whichever book.
    var standing: String?
    /// Whether the catalog's row names `standing` as this book's entry.
    var isRecorded = false
    /// What was made of the same bytes before in this run.
    var earlier: NewAsset?
    /// What the metadata rule has to say.
    var warnings: [Problem] = []

    /// A known row's own extension, as long as it is one that can be stored.
    var ext: String {
        guard let ext = known?.ext, FileType.allCases.contains(where: { $0.ext == ext }) || ext == "jpeg" else {
            return type.ext
        }
        return ext
    }

    func newAsset(_ facts: PictureFacts) -> NewAsset {
        if let earlier { return earlier }
        return NewAsset(
            id: known?.id, sha256: digest, ext: ext, mime: known?.mime ?? type.mime, size: known?.size ?? bytes.count,
            width: known?.width ?? facts.width, height: known?.height ?? facts.height,
            frames: known?.frames ?? facts.frames, hasAlpha: known?.hasAlpha ?? facts.hasAlpha,
            hasPosition: known?.hasPosition == true || MetadataStripper.hasPosition(bytes, type: type))
    }
}
