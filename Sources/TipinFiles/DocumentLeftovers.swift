/// Clears away what a process that was killed while it wrote documents left beside them.
package enum DocumentLeftovers {
    /// Looks at a folder's names; files of processes that still run, or may, are left alone.
    ///
    /// Never fails: what cannot be read or removed is in nobody's way.
    /// - Returns: the paths under which versions of documents are kept now that somebody else saved while the process
    ///   was killed: nobody but a person can say whether they are still wanted.
    package static func clear(_ folder: Folder) -> [String] {
        var kept: [String] = []
        for name in (try? folder.names()) ?? [] {
            guard let temporary = TemporaryDocument(name), ProcessIdentity.isGone(temporary.process) else { continue }
            if isOurs(name, temporary, in: folder) {
                try? folder.removeFile(name)
            } else if (try? folder.rename(name, toNew: temporary.keptName)) != nil {
                kept.append(folder.absolutePath(of: temporary.keptName))
            }
        }
        return kept
    }

    /// The new bytes can be made again, and the old ones are what they were made of.
    private static func isOurs(_ name: String, _ temporary: TemporaryDocument, in folder: Folder) -> Bool {
        guard temporary.isComplete, let hash = try? folder.openFile(name).byteHash() else {
            return !temporary.isComplete
        }
        return [temporary.new, temporary.original].contains(hash)
    }
}
