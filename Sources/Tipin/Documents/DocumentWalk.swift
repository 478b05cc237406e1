internal import Foundation
internal import Glibc
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

    /// The documents in the order of their paths, each once; links that lead out of the folders are passed over.
    package func files(in paths: [String]) throws -> [DocumentFile] {
        try files(in: paths) { gap in
            if case .unreadable(_, let error) = gap { throw error }
        }
    }

    /// - Parameter gap: gets each part of the folders that is not walked, though documents may be in it; the others
    ///   are walked where it does not throw.
    func files(in paths: [String], gap: (WalkGap) throws -> Void) throws -> [DocumentFile] {
        var files: [DocumentFile] = []
        let absolutes = paths.map { Paths.absolute($0, relativeTo: workingFolder) }
        let named = absolutes.map(Paths.real)
        for (path, absolute) in zip(paths, absolutes) {
            if Paths.isFolder(absolute) {
                var walk = Walk(root: absolute, named: named)
                try self.walk(absolute, below: "", label: path, &walk, gap)
                files += walk.files
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

    /// Through one of the folders that were named.
    private struct Walk {
        /// Absolute.
        let root: String
        /// All that was named, without links.
        let named: [String]
        var files: [DocumentFile] = []

        /// - Parameter real: a path without links.
        func isMeant(_ real: String) -> Bool { named.contains { Paths.isEqualOrBelow(real, $0) } }
    }

    private func walk(
        _ folder: String, below: String, label: String, _ walk: inout Walk, _ gap: (WalkGap) throws -> Void
    ) throws {
        let names: [String]
        do throws(FileError) {
            names = try Folder(opening: folder).names()
        } catch {
            return try gap(.unreadable(label, error))
        }
        for name in names {
            let path = folder + "/" + name
            let relative = below.isEmpty ? name : below + "/" + name
            let labelled = label.hasSuffix("/") ? label + name : label + "/" + name
            if isExcluded(relative, name) { continue }
            let isFolder = Paths.isFolder(path)
            guard isFolder ? isFolderToEnter(path, name) : isDocumentName(name) && Paths.isRegularFile(path) else {
                continue
            }
            if isLink(path) {
                let real = Paths.real(path)
                guard walk.isMeant(real) else {
                    try gap(.linkOut(labelled, relative: relative, to: real))
                    continue
                }
                // A linked folder could lead round in a circle, and is walked where it lies.
                if isFolder { continue }
            }
            if isFolder {
                try self.walk(path, below: relative, label: labelled, &walk, gap)
            } else {
                walk.files.append(
                    DocumentFile(label: labelled, path: path, relativePath: relative, root: walk.root, isNamed: false))
            }
        }
    }

    private func isFolderToEnter(_ path: String, _ name: String) -> Bool {
        !name.hasPrefix(".") && name != "node_modules" && !skippedFolders.contains(Paths.real(path))
    }

    private func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
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
