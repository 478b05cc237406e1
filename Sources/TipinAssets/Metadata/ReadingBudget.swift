/// How much of Exif is read in a stretch of bytes, whose blocks and directories may overlap and lead to each other: as
/// many bytes as the stretch has, several times over. The work then grows with the file and not with what stands in it.
struct ReadingBudget {
    /// Blocks and directories that are made to be read do not overlap; those of a damaged file do a few times.
    private static let readings = 8

    /// In bytes; negative where more was to be read.
    private(set) var rest: Int

    /// - Parameter count: the bytes of the stretch.
    init(forBytes count: Int) { rest = Self.readings * count }

    /// Whether more was to be read than may be. What has not been read counts as a position.
    var isUsedUp: Bool { rest < 0 }

    mutating func spend(_ count: Int) { rest -= count }
}
