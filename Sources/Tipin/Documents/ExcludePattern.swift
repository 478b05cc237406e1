internal import Glibc

/// One of the globs of `exclude`, as in a `.gitignore` (gitignore(5)): with a slash inside against the path below PATH,
/// else against the name alone; `**` stands for any number of folders, also none. None begins with `/` or `!`.
struct ExcludePattern: Sendable, Equatable {
    /// One for each name of the path, but for `**`.
    private let parts: [String]
    /// Whether it ends with a slash.
    private let isForFolders: Bool
    private static let anyFolders = "**"

    /// - Returns: `nil` where it says no name, or a part of it can be none: nothing below a PATH has such a path; and
    ///   where it would take back what others exclude, which none can.
    init?(_ text: String) {
        var glob = Array(text.utf8)[...]
        guard glob.first != UInt8(ascii: "!") else { return nil }
        // Then it says the whole path.
        var isAnchored = false
        while glob.starts(with: Array("./".utf8)) {
            isAnchored = true
            glob = glob.dropFirst(2).drop { $0 == Self.slash }
        }
        isForFolders = glob.last == Self.slash
        while glob.last == Self.slash { glob = glob.dropLast() }
        var parts = Self.names(of: glob)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return nil }
        // What stands in the folder, and not the folder.
        if parts.last == Self.anyFolders { parts.append("*") }
        if parts.count == 1, !isAnchored { parts.insert(Self.anyFolders, at: 0) }
        self.parts = parts
    }

    /// - Parameters:
    ///   - path: below the PATH that was named.
    ///   - mayBeFolder: whether it is one, or nobody can tell.
    func matches(_ path: String, mayBeFolder: Bool) -> Bool {
        guard mayBeFolder || !isForFolders else { return false }
        // Most say a name, wherever it stands.
        if parts.count == 2, parts[0] == Self.anyFolders { return Self.matches(parts[1], Paths.name(of: path)) }
        return matches(Self.names(of: Array(path.utf8)[...]))
    }

    /// In time that grows with the product of the two lengths: of several `**` only the last one that was reached need
    /// take another folder where the names behind it do not fit.
    private func matches(_ names: [String]) -> Bool {
        var (part, name) = (0, 0)
        var last: (part: Int, name: Int)?
        while name < names.count {
            if part < parts.count, parts[part] == Self.anyFolders {
                last = (part, name)
                part += 1
            } else if part < parts.count, Self.matches(parts[part], names[name]) {
                (part, name) = (part + 1, name + 1)
            } else if let again = last {
                last = (again.part, again.name + 1)
                (part, name) = (again.part + 1, again.name + 1)
            } else {
                return false
            }
        }
        return part == parts.count
    }

    private static func matches(_ part: String, _ name: String) -> Bool { fnmatch(part, name, 0) == 0 }

    private static let slash = UInt8(ascii: "/")

    /// Among the bytes: a mark that joins the slash before it is the first of a name.
    private static func names(of path: ArraySlice<UInt8>) -> [String] {
        path.split(separator: slash, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
}
