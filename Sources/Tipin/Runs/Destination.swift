/// Where changed documents go.
package enum Destination: Sendable, Equatable {
    /// A dry run: nothing is written.
    case nowhere
    case inPlace
    /// What would be done in place is written down, to be carried out later.
    case plan
    /// Absolute.
    case folder(String)

    /// - Parameter path: as the person named it.
    package static func folder(_ path: String, relativeTo workingFolder: String) -> Destination {
        .folder(Paths.absolute(path, relativeTo: workingFolder))
    }

    /// Where a file goes that is written; absolute, links not followed.
    func path(of file: DocumentFile) -> String {
        guard case .folder(let folder) = self else { return file.path }
        return folder + "/" + file.relativePath
    }

    /// Whether documents stay as they are.
    package var leavesDocuments: Bool { self == .nowhere || self == .plan }

    package var isFolder: Bool {
        if case .folder = self { return true }
        return false
    }
}
