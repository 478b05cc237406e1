/// A PDF, of which only what stands uncompressed is looked at: packets of XMP and the pictures that it shows.
struct PDFContainer: PictureContainer {
    private let bytes: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: "%PDF-".utf8) else { return nil }
        self.bytes = bytes
    }

    var parts: [MetadataPart] { LooseMetadata.parts(in: bytes, from: 0) }

    /// Its objects name each other by offsets: nothing can be taken out.
    func withoutMetadata() -> [UInt8]? { nil }
}
