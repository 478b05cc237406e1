package import TipinDiagnostics

/// What became of one mention.
package enum Resolution: Sendable {
    indirect case asset(ResolvedAsset)
    /// Its bytes stay as they are, and why.
    case left(Problem)
    /// An attachment that is not imported: its bytes stay as they are, and that is as it should be.
    case passed(Problem)
    /// A dry run cannot know more: what it would do, in words.
    case planned(String)
}
