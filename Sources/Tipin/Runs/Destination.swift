/// Where changed documents go.
package enum Destination: Sendable, Equatable {
    /// A dry run: nothing is written.
    case nowhere
    case inPlace
    /// Absolute.
    case folder(String)

    package var isFolder: Bool {
        if case .folder = self { return true }
        return false
    }
}
