/// A picture file taken apart into its blocks, without decoding any.
protocol PictureContainer {
    /// `nil` where the bytes are no file of the kind.
    init?(_ bytes: [UInt8])

    /// Everything in the file that may speak of a position.
    var parts: [MetadataPart] { get }

    /// What a person calls a part that goes as a whole, with more in it than a position; `nil` where nobody misses what
    /// goes.
    func name(of part: MetadataPart) -> String?

    /// Puts right what depends on the parts' bytes, such as checksums, before anything is cut out.
    func repair(_ bytes: inout [UInt8], after parts: [MetadataPart])

    /// What takes the place of a block that is cut out, so that the picture stands as it stood.
    func remainder(of block: Range<Int>) -> [UInt8]

    /// The file with nothing in it but what its look depends on; `nil` where it cannot be followed to its end.
    func withoutMetadata() -> [UInt8]?
}

extension PictureContainer {
    func name(of part: MetadataPart) -> String? {
        if case .credentials = part { ContentCredentials.name } else { nil }
    }

    func repair(_ bytes: inout [UInt8], after parts: [MetadataPart]) {}
    func remainder(of block: Range<Int>) -> [UInt8] { [] }
}
