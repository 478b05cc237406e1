internal import TipinDiagnostics
internal import TipinDocument

/// Refuses a run that would write two things to one name, or over documents that it was only to read. It is told before
/// anything is done.
package struct DestinationCheck {
    private let destination: Destination
    /// Which document writes to a name.
    private var writers: [ByteKey: ByteKey] = [:]

    package init(_ destination: Destination) { self.destination = destination }

    /// Looks at all groups of a run together: each alone may be right and still be in another's way.
    package mutating func check(_ groups: [PathGroup], host: Host) throws {
        for group in groups { try check(group.paths, workingFolder: host.workingFolder) }
        try OutputPlace(destination, groups, host: host)?.check()
        // The names of a single group are checked by its run.
        guard destination != .nowhere, groups.count > 1 else { return }
        for group in groups {
            let walk = DocumentWalk(group.settings, workingFolder: host.workingFolder, destination: destination)
            try add(try walk.files(in: group.paths, leftOut: { _ in }))
        }
    }

    /// The output must be a folder, and must not lie where the documents are: it would be their end.
    func check(_ paths: [String], workingFolder: String) throws {
        guard case .folder(let folder) = destination else { return }
        var existing = folder
        while !Paths.exists(existing) { existing = Paths.parent(of: existing) }
        guard Paths.isFolder(existing) else { throw RunError.usage(Self.outputIsNoFolder(existing)) }
        let output = Paths.real(folder)
        for path in paths {
            let real = Paths.real(Paths.absolute(path, relativeTo: workingFolder))
            guard Paths.isEqualOrBelow(real, output) else { continue }
            throw RunError.usage(Self.outputHoldsPath(path, folder))
        }
    }

    /// - Throws: `RunError` for the first name that is taken.
    mutating func add(_ files: [DocumentFile]) throws {
        var paths = RealPaths()
        switch destination {
        case .nowhere: return
        case .inPlace, .plan:
            for file in files {
                let document = ByteKey(paths.real(file.path))
                try claim(document, for: document) { .outputCollision($0) }
                guard let sidecar = file.sidecarPath else { continue }
                try claim(ByteKey(paths.real(sidecar)), for: document) { .sidecarCollision($0) }
            }
        case .folder:
            for file in files {
                let document = ByteKey(paths.real(file.path))
                try claim(ByteKey(file.relativePath), for: document) { .outputCollision($0) }
                guard !file.isLines else { continue }
                let sidecar = ByteKey(DocumentFile.sidecarPath(of: file.relativePath))
                try claim(sidecar, for: document) { .sidecarCollision($0) }
            }
        }
    }

    private mutating func claim(
        _ name: ByteKey, for document: ByteKey, _ error: (String) -> RunError
    ) throws {
        guard let other = writers.updateValue(document, forKey: name) else { return }
        // A document that two paths lead to is written where it is, twice the same.
        guard !destination.isFolder, other == document else { throw error(name.text) }
    }

    private static func outputIsNoFolder(_ folder: String) -> Problem {
        Problem(
            .usage, "--output leads to a file and not to a folder",
            notes: ["'\(Redaction.printable(folder))'"],
            help: ["name a folder, which is made if it does not exist"])
    }

    private static func outputHoldsPath(_ path: String, _ folder: String) -> Problem {
        Problem(
            .usage, "--output would write over the documents themselves",
            notes: ["'\(Redaction.printable(path))' lies in '\(Redaction.printable(folder))'"],
            help: ["name another folder, or give --in-place to change the documents where they are"])
    }
}
