package import TipinDiagnostics

/// What decoding told of a picture.
package struct ProbedPicture: Sendable, Equatable {
    package var type: FileType
    /// Pixels, after the orientation is applied; `nil` for what is not decoded.
    package var width: Int?
    /// Pixels of one frame, after the orientation is applied; `nil` for what is not decoded.
    package var height: Int?
    /// 1 for a still picture.
    package var frames: Int?
    package var hasAlpha: Bool?
    /// Whether its metadata tells where it was taken.
    package var hasPosition: Bool
    /// What is to be looked at: a name that promises another kind of file, a position that cannot be taken out.
    package var warnings: [Problem] = []
}
