/// Where changed documents go.
package enum Destination: Sendable, Equatable {
    /// A dry run: nothing is written.
    case nowhere
    case inPlace
    /// What would be done in place is written down, to be carried out later.
    case plan
    /// Absolute.
    case folder(String)

    /// Whether documents stay as they are.
    package var leavesDocuments: Bool { self == .nowhere || self == .plan }

    package var isFolder: Bool {
        if case .folder = self { return true }
        return false
    }
}
