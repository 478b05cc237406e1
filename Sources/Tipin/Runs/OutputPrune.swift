internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Removes from an output folder the documents that have no source any more (RULES 5 "--prune").
///
/// Only what is a document goes, with its manifest file and the folders that are empty then; whatever else somebody
/// put there stays.
package struct OutputPrune: Sendable {
    /// Absolute.
    private let folder: String
    private let workingFolder: String

    /// - Returns: `nil` where documents are not written to a folder of their own.
    package init?(_ destination: Destination, host: Host) {
        guard case .folder(let folder) = destination else { return nil }
        self.folder = folder
        workingFolder = host.workingFolder
    }

    /// One that names single documents says nothing of the others, which would all be removed.
    package static func check(_ paths: [String], workingFolder: String) throws {
        for path in paths where !Paths.isFolder(Paths.absolute(path, relativeTo: workingFolder)) {
            throw RunError.usage(needsFolders(path))
        }
    }

    /// - Parameter groups: all of the run: what any of them has as a source stays.
    package func run(_ groups: [PathGroup], _ report: inout RunReport) throws {
        guard Paths.isFolder(folder) else { return }
        let sources = try sources(of: groups)
        guard let settings = groups.first?.settings else { return }
        let skipped = Set(settings.dataFolder.map { [Paths.real($0)] } ?? [])
        let walk = DocumentWalk(workingFolder: workingFolder, exclude: [], skippedFolders: skipped)
        let collect = Collect(settings)
        for file in try walk.files(in: [folder]) where !sources.contains(ByteKey(file.relativePath)) {
            // What is no document was not put there by us.
            guard !collect.load(file).documents.isEmpty else { continue }
            do throws(FileError) {
                try remove(file.relativePath)
                report.removedFiles.append(file.path)
            } catch {
                report.diagnostics.append(Diagnostic(error.problem, at: Place(file: file.path)))
            }
        }
    }

    private func sources(of groups: [PathGroup]) throws -> Set<ByteKey> {
        var sources: Set<ByteKey> = []
        for group in groups {
            let walk = DocumentWalk(group.settings, workingFolder: workingFolder, destination: .folder(folder))
            for file in try walk.files(in: group.paths) { sources.insert(ByteKey(file.relativePath)) }
        }
        return sources
    }

    /// The document goes before its manifest file: one without the other names pictures that nobody explains.
    private func remove(_ name: String) throws(FileError) {
        let root = try Folder(opening: folder)
        try root.removeFile(name)
        let sidecar = DocumentFile.sidecarPath(of: name)
        if try root.status(of: sidecar)?.kind == .regular { try root.removeFile(sidecar) }
        var parent = Paths.parent(of: name)
        // Fails where something else is in the folder, and then it stays.
        while parent != "/", (try? root.removeFolder(parent)) != nil { parent = Paths.parent(of: parent) }
        try root.syncFolder(parent == "/" ? "." : parent)
    }

    private static func needsFolders(_ path: String) -> Problem {
        Problem(
            .usage, "--prune needs folders that hold all documents",
            notes: ["'\(Redaction.printable(path))' is a single document: all others would be removed"],
            help: ["name the folder it lies in, or leave --prune out"])
    }
}
