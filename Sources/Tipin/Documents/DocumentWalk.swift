internal import Foundation
internal import Glibc
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Finds the documents below the paths that a person named.
package struct DocumentWalk: Sendable {
    private let workingFolder: String
    private let exclude: [ExcludePattern]
    private let skippedFolders: Set<String>
    private let passed: Passed
    private let followsLinks: Bool
    /// Whether a link to a document that is found by its own name too is told: it is not written a second time.
    private let tellsSecondNames: Bool

    /// What stands below PATH and is not walked.
    enum Passed {
        /// What the configuration excludes, and what is hidden.
        case excluded
        /// Whatever is on disk counts: what it names must not go, whether a run works on it or not. Only the data
        /// folder and folders named `.git` and `node_modules`, which hold copies that programs keep for themselves, are
        /// not walked.
        case nothing
    }

    /// - Parameters:
    ///   - exclude: globs, against the path below PATH and against the file's name.
    ///   - skippedFolders: absolute; the data folder is one.
    ///   - followsLinks: whether a manifest file may be a link that leads out of the folders.
    ///   - tellsSecondNames: whether links are left out that lead to documents which are found by their own names.
    package init(
        workingFolder: String, exclude: [String], skippedFolders: Set<String>, followsLinks: Bool = false,
        tellsSecondNames: Bool = false
    ) {
        self.init(
            workingFolder: workingFolder, exclude: exclude, skippedFolders: skippedFolders, followsLinks: followsLinks,
            tellsSecondNames: tellsSecondNames, passesOver: .excluded)
    }

    private init(
        workingFolder: String, exclude: [String], skippedFolders: Set<String>, followsLinks: Bool,
        tellsSecondNames: Bool, passesOver passed: Passed
    ) {
        self.passed = passed
        self.workingFolder = workingFolder
        self.exclude = exclude.compactMap(ExcludePattern.init)
        self.skippedFolders = skippedFolders
        self.followsLinks = followsLinks
        self.tellsSecondNames = tellsSecondNames
    }

    /// Keeps off the data folder and off the output.
    init(
        _ settings: Settings, workingFolder: String, destination: Destination = .nowhere, followsLinks: Bool = false,
        passesOver passed: Passed = .excluded
    ) {
        var skipped = Set(settings.dataFolder.map { [Paths.real($0)] } ?? [])
        if case .folder(let folder) = destination { skipped.insert(Paths.real(folder)) }
        self.init(
            workingFolder: workingFolder, exclude: settings.exclude, skippedFolders: skipped,
            followsLinks: followsLinks, tellsSecondNames: destination.isFolder, passesOver: passed)
    }

    /// The documents in the order of their paths, each once; links that lead out of the folders are passed over.
    /// - Throws: where a folder cannot be listed.
    package func files(in paths: [String]) throws -> [DocumentFile] {
        try files(in: paths) { place in
            if let error = place.error { throw error }
        }
    }

    /// - Parameter leftOut: gets each place in which more documents may stand; the others are walked where it does not
    ///   throw.
    func files(in paths: [String], leftOut: (LeftOut) throws -> Void) throws -> [DocumentFile] {
        let absolutes = paths.map { Paths.absolute($0, relativeTo: workingFolder) }
        var found = Found(named: absolutes.map(Paths.real))
        for (path, absolute) in zip(paths, absolutes) {
            if Paths.isFolder(absolute) {
                try walk(Walked(path: absolute, label: path), root: absolute, into: &found, leftOut)
            } else if Paths.exists(absolute) {
                found.files.append(
                    DocumentFile(
                        label: path, path: absolute, relativePath: Paths.name(of: absolute),
                        root: Paths.parent(of: absolute), isNamed: true))
            } else {
                throw RunError.pathMissing(path)
            }
        }
        for link in found.linksToOthers { try leftOut(link) }
        let isKept = Self.once(found.files)
        if tellsSecondNames {
            for index in found.links where !isKept[index] {
                let file = found.files[index]
                let reason = LeftOut.Reason.secondName(Paths.real(file.path))
                try leftOut(LeftOut(label: file.label, relative: file.relativePath, reason: reason))
            }
        }
        var files = zip(found.files, isKept).compactMap { $1 ? $0 : nil }
        guard !followsLinks else { return files }
        let folders = absolutes.map { Paths.real(Paths.isFolder($0) ? $0 : Paths.parent(of: $0)) }
        for index in files.indices { files[index].manifestFolders = folders }
        return files
    }

    private struct Found {
        /// All that was named, without links.
        let named: [String]
        var files: [DocumentFile] = []
        /// Those of them that were found as links.
        var links: [Int] = []
        /// Absolute.
        var folders: [String] = []
        var linksToFolders: [(path: String, link: LeftOut)] = []

        /// - Parameter real: a path without links.
        func isMeant(_ real: String) -> Bool { named.contains { Paths.isEqualOrBelow(real, $0) } }

        /// The links that lead to a folder which was not walked by another name.
        var linksToOthers: [LeftOut] {
            guard !linksToFolders.isEmpty else { return [] }
            let walked = Set(folders.map { ByteKey(Paths.real($0)) })
            return linksToFolders.filter { !walked.contains(ByteKey(Paths.real($0.path))) }.map(\.link)
        }
    }

    /// Each document under one name: its own rather than that of a link, which would not be written through.
    /// - Returns: for each file whether it is the one.
    private static func once(_ files: [DocumentFile]) -> [Bool] {
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
        return ranks.map { $0 != nil }
    }

    /// 0 for a path without links, 1 where only folders on the way are links, 2 where the file is one.
    private static func rank(_ path: String, _ real: String) -> Int {
        if ByteKey(path) == ByteKey(real) { return 0 }
        let parent = Paths.real(Paths.parent(of: path))
        let whole = (parent == "/" ? "" : parent) + "/" + Paths.name(of: path)
        return ByteKey(whole) == ByteKey(real) ? 1 : 2
    }

    /// A file or folder on the way.
    private struct Walked {
        /// Absolute.
        let path: String
        let label: String
        /// The path below the folder that was named; empty for that one.
        var relative = ""
        /// Whether it, or a folder on the way to it, is hidden or excluded.
        var isPassedOver = false

        func entry(_ name: String) -> Walked {
            Walked(
                path: path + "/" + name, label: label.hasSuffix("/") ? label + name : label + "/" + name,
                relative: relative.isEmpty ? name : relative + "/" + name,
                isPassedOver: isPassedOver || name.hasPrefix("."))
        }
    }

    private func walk(
        _ folder: Walked, root: String, into found: inout Found, _ leftOut: (LeftOut) throws -> Void
    ) throws {
        let names: [String]
        do throws(FileError) {
            names = try Folder(opening: folder.path).names()
        } catch {
            return try leftOut(LeftOut(label: folder.label, relative: folder.relative, reason: .unreadable(error)))
        }
        found.folders.append(folder.path)
        for name in names {
            var walked = folder.entry(name)
            let (path, relative, labelled) = (walked.path, walked.relative, walked.label)
            let entry = entry(path, name)
            let isExcluded = exclude.contains { $0.matches(relative, mayBeFolder: entry.mayBeFolder) }
            if isExcluded { walked.isPassedOver = true }
            if isExcluded, passed == .excluded {
                if entry.holdsDocuments {
                    try leftOut(LeftOut(label: labelled, relative: relative, reason: .excluded))
                }
                continue
            }
            switch entry {
            case .folder: try walk(walked, root: root, into: &found, leftOut)
            case .linkToFolder:
                let link = LeftOut(label: labelled, relative: relative, reason: .linkToFolder(Paths.real(path)))
                found.linksToFolders.append((path, link))
            case .linkToDocument where !found.isMeant(Paths.real(path)):
                try leftOut(LeftOut(label: labelled, relative: relative, reason: .linkToFile(Paths.real(path))))
            case .hiddenFolder: try leftOut(LeftOut(label: labelled, relative: relative, reason: .hiddenFolder))
            case .linkToNothing:
                try leftOut(
                    LeftOut(label: labelled, relative: relative, reason: .linkToNothing(Paths.target(of: path))))
            case .noFile: try leftOut(LeftOut(label: labelled, relative: relative, reason: .noFile))
            case .document, .linkToDocument:
                if entry == .linkToDocument { found.links.append(found.files.count) }
                found.files.append(
                    DocumentFile(
                        label: labelled, path: path, relativePath: relative, root: root, isNamed: false,
                        isPassedOver: walked.isPassedOver))
            case .unknown(let error):
                try leftOut(LeftOut(label: labelled, relative: relative, reason: .unknown(error)))
            case .other: continue
            }
        }
    }

    private enum Entry: Equatable {
        case folder
        /// One that walks keep out of.
        case hiddenFolder
        /// It could lead round in a circle.
        case linkToFolder
        case document
        case linkToDocument
        /// A link with the name of a document that leads nowhere.
        case linkToNothing
        /// A pipe, a device or the like, or a link to one, with the name of a document.
        case noFile
        /// It may be any of these.
        case unknown(FileError)
        case other

        var mayBeFolder: Bool {
            switch self {
            case .folder, .linkToFolder, .unknown: true
            default: false
            }
        }

        /// Whether it counts where it is excluded.
        var holdsDocuments: Bool { self != .other && self != .hiddenFolder }
    }

    private func entry(_ path: String, _ name: String) -> Entry {
        var status = stat()
        let isHidden = name.hasPrefix(".") || name == "node_modules"
        let isKeptOutOf = isHidden && (passed == .excluded || Self.programsFolders.contains(name))
        guard lstat(path, &status) == 0 else {
            return isKeptOutOf && !isDocumentName(name) ? .other : missing(errno, path)
        }
        if isKeptOutOf, status.st_mode & S_IFMT == S_IFDIR {
            // The store's own and the output are no documents of anybody's.
            return skippedFolders.contains(Paths.real(path)) ? .other : .hiddenFolder
        }
        if isKeptOutOf, !isDocumentName(name) { return .other }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 {
            let number = errno
            // Editors say by such a link that they have a file open.
            return isHidden ? .other : unseen(number, path, name)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            if isKeptOutOf || skippedFolders.contains(Paths.real(path)) { return .other }
            return isLink ? .linkToFolder : .folder
        case S_IFREG where isDocumentName(name): return isLink ? .linkToDocument : .document
        case S_IFREG: return .other
        default: return isDocumentName(name) ? .noFile : .other
        }
    }

    /// That programs keep for themselves.
    private static let programsFolders: Set = [".git", "node_modules"]

    /// What a link leads to that cannot be looked at, or is not there now: a disk may be missing. Only the name tells
    /// what it was.
    private func unseen(_ number: Int32, _ path: String, _ name: String) -> Entry {
        if isDocumentName(name) {
            return number == EACCES ? .unknown(FileError(.status, path, number)) : .linkToNothing
        }
        return number == EACCES || !name.contains(".") ? .linkToFolder : .other
    }

    /// What is gone holds no documents.
    private func missing(_ number: Int32, _ path: String) -> Entry {
        [ENOENT, ENOTDIR].contains(number) ? .other : .unknown(FileError(.status, path, number))
    }

    /// Whether a file of that name is taken for a document where it is found.
    static func isDocumentName(_ name: String) -> Bool {
        guard name.hasSuffix(".json") || name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") else { return false }
        return !name.hasPrefix(".") && name != ConfigurationFile.name && !name.hasSuffix(Manifest.fileSuffix)
    }

    private func isDocumentName(_ name: String) -> Bool {
        let isHidden = passed == .nothing && name.hasPrefix(".")
        return Self.isDocumentName(isHidden ? String(name.dropFirst()) : name)
    }
}
