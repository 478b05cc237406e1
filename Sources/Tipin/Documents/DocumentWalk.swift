internal import Foundation
internal import Glibc
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Finds the documents below the paths that a person named.
package struct DocumentWalk: Sendable {
    private let workingFolder: String
    private let exclude: [String]
    private let skippedFolders: Set<String>

    /// - Parameters:
    ///   - exclude: globs, against the path below PATH and against the file's name.
    ///   - skippedFolders: absolute; the data folder is one.
    package init(workingFolder: String, exclude: [String], skippedFolders: Set<String>) {
        self.workingFolder = workingFolder
        self.exclude = exclude
        self.skippedFolders = skippedFolders
    }

    /// Keeps off the data folder and off the output.
    init(_ settings: Settings, workingFolder: String, destination: Destination = .nowhere) {
        var skipped = Set(settings.dataFolder.map { [Paths.real($0)] } ?? [])
        if case .folder(let folder) = destination { skipped.insert(Paths.real(folder)) }
        self.init(workingFolder: workingFolder, exclude: settings.exclude, skippedFolders: skipped)
    }

    /// The documents in the order of their paths, each once.
    package func files(in paths: [String]) throws -> [DocumentFile] {
        try files(in: paths) { _, error in throw error }
    }

    /// - Parameter unreadable: gets each folder that cannot be listed, as the person would name it; the others are
    ///   walked where it does not throw.
    func files(in paths: [String], unreadable: (String, FileError) throws -> Void) throws -> [DocumentFile] {
        var files: [DocumentFile] = []
        for path in paths {
            let absolute = Paths.absolute(path, relativeTo: workingFolder)
            if Paths.isFolder(absolute) {
                try walk(absolute, below: "", label: path, root: absolute, into: &files, unreadable)
            } else if Paths.exists(absolute) {
                files.append(
                    DocumentFile(
                        label: path, path: absolute, relativePath: Paths.name(of: absolute),
                        root: Paths.parent(of: absolute), isNamed: true))
            } else {
                throw RunError.pathMissing(path)
            }
        }
        return Self.once(files)
    }

    /// Each document under one name: its own rather than that of a link, which would not be written through.
    private static func once(_ files: [DocumentFile]) -> [DocumentFile] {
        var places: [ByteKey: Int] = [:]
        var ranks: [Int?] = []
        var paths = RealPaths()
        for (index, file) in files.enumerated() {
            let real = paths.real(file.path)
            let rank = rank(file.path, real)
            let other = places[ByteKey(real)]
            let isBetter = other.flatMap { ranks[$0] }.map { rank < $0 } ?? true
            ranks.append(isBetter ? rank : nil)
            guard isBetter else { continue }
            if let other { ranks[other] = nil }
            places[ByteKey(real)] = index
        }
        return zip(files, ranks).compactMap { $1 == nil ? nil : $0 }
    }

    /// 0 for a path without links, 1 where only folders on the way are links, 2 where the file is one.
    private static func rank(_ path: String, _ real: String) -> Int {
        if ByteKey(path) == ByteKey(real) { return 0 }
        let parent = Paths.real(Paths.parent(of: path))
        let whole = (parent == "/" ? "" : parent) + "/" + Paths.name(of: path)
        return ByteKey(whole) == ByteKey(real) ? 1 : 2
    }

    /// What is said of a folder that cannot be listed.
    static func unreadable(_ label: String, _ error: FileError) -> Diagnostic {
        Diagnostic(
            Problem(
                .documentUnreadable, "folder could not be read, so what is in it was left out",
                notes: error.problem.notes, help: ["mend its permissions, or name it under 'exclude' in tipin.json"]),
            at: Place(file: label))
    }

    private func walk(
        _ folder: String, below: String, label: String, root: String, into files: inout [DocumentFile],
        _ unreadable: (String, FileError) throws -> Void
    ) throws {
        let names: [String]
        do throws(FileError) {
            names = try Folder(opening: folder).names()
        } catch {
            return try unreadable(label, error)
        }
        for name in names {
            let path = folder + "/" + name
            let relative = below.isEmpty ? name : below + "/" + name
            let labelled = label.hasSuffix("/") ? label + name : label + "/" + name
            if isExcluded(relative, name) { continue }
            if isFolderToEnter(path, name) {
                try walk(path, below: relative, label: labelled, root: root, into: &files, unreadable)
            } else if isDocumentName(name), Paths.isRegularFile(path) {
                files.append(
                    DocumentFile(label: labelled, path: path, relativePath: relative, root: root, isNamed: false))
            }
        }
    }

    private func isFolderToEnter(_ path: String, _ name: String) -> Bool {
        guard !name.hasPrefix("."), name != "node_modules" else { return false }
        var status = stat()
        // A link to a folder could lead round in a circle.
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
        return !skippedFolders.contains(Paths.real(path))
    }

    private func isDocumentName(_ name: String) -> Bool {
        guard name.hasSuffix(".json") || name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") else { return false }
        return !name.hasPrefix(".") && name != ConfigurationFile.name && !name.hasSuffix(Manifest.fileSuffix)
            && !name.hasSuffix(".plan.json") && !name.hasSuffix(".report.json")
    }

    private func isExcluded(_ relative: String, _ name: String) -> Bool {
        exclude.contains { fnmatch($0, relative, FNM_PATHNAME) == 0 || fnmatch($0, name, 0) == 0 }
    }
}
