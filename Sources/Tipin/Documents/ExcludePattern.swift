internal import Glibc

/// One of the globs of `exclude`: against the path below PATH, and against the name alone.
struct ExcludePattern: Sendable, Equatable {
    private let glob: String
    /// Whether it begins with `./`: then it says the whole path.
    private let isAnchored: Bool
    /// Whether it ends with a slash.
    private let isForFolders: Bool

    /// - Returns: `nil` where it says no name, or a part of it can be none: nothing below a PATH has such a path.
    init?(_ text: String) {
        var glob = text[...]
        isAnchored = glob.hasPrefix("./")
        while glob.hasPrefix("./") { glob = glob.dropFirst(2).drop { $0 == "/" } }
        isForFolders = glob.hasSuffix("/")
        while glob.hasSuffix("/") { glob = glob.dropLast() }
        let parts = glob.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return nil }
        self.glob = String(glob)
    }

    /// - Parameters:
    ///   - path: below the PATH that was named.
    ///   - mayBeFolder: whether it is one, or nobody can tell.
    func matches(_ path: String, mayBeFolder: Bool) -> Bool {
        guard mayBeFolder || !isForFolders else { return false }
        return fnmatch(glob, path, FNM_PATHNAME) == 0
            || (!isAnchored && fnmatch(glob, Paths.name(of: path), 0) == 0)
    }
}
