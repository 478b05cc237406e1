/// The signed statements about a picture (C2PA), which stand in boxes of JUMBF (ISO 19566-5).
///
/// They may hold anything: Exif, XMP, JSON, CBOR, files. What they say is signed, so that nothing can be taken out of
/// them without making them worthless: they stay or go as a whole.
struct ContentCredentials {
    /// What a person calls them.
    static let name = "content credentials"

    private let boxes: BoxContent

    /// - Parameter pieces: in their order; those of a JPEG with what tells one from another.
    init(_ pieces: [ArraySlice<UInt8>]) {
        boxes = BoxContent(pieces.flatMap { $0.dropFirst(BoxPiece($0)?.headerLength ?? 0) })
    }

    /// Whether they say where the picture was taken, or have something in them that is compressed and may say it.
    var speakOfPosition: Bool { boxes.namesPosition || boxes.holdsCompressedBox }
}
