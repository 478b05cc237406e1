package import TipinDocument

/// The manifest of a document that has no place for one, in a file beside it.
package struct Sidecar: Sendable {
    /// Absolute.
    package var path: String
    /// `nil` where there is no such file yet.
    package var bytes: [UInt8]?
    package var entries: [Manifest.Entry]
}
