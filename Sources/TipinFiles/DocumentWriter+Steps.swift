internal import Glibc

extension DocumentWriter {
    /// Writes new bytes beside what they are to replace.
    /// - Parameter steps: of files that belong together: later ones only if those before them can be done.
    package func stage(_ steps: [DocumentStep], in folders: inout OpenFolders) -> StagedSteps {
        StagedSteps(steps, self, in: &folders)
    }

    /// Lets durable bytes take the names that they are for: the first step of each group, then the second, and so on.
    ///
    /// A folder waits for the disk once for all of its files. Where one step of a group cannot be done, those before it
    /// are taken back: a document that was not done has the manifest file that it had. Who changed one of the files
    /// meanwhile keeps the change.
    package func commit(_ groups: [StagedSteps]) {
        for index in 0..<(groups.map(\.count).max() ?? 0) {
            perform(step: index, of: groups)
            makeDurable(step: index, of: groups)
        }
        for group in groups { group.finish() }
        // What found no room beside the others may find it alone.
        for group in groups where group.lacksRoom && groups.count > 1 {
            group.stageAgain()
            group.makeDurable()
            commit([group])
        }
    }

    private func perform(step index: Int, of groups: [StagedSteps]) {
        var locked: Set<FolderIdentity> = []
        for group in groups {
            guard let folder = group.folder(ofStep: index) else { continue }
            // Each of them would wait as long.
            if let identity = folder.identity, locked.contains(identity) {
                group.fail(FileError(.lock, folder.path, EAGAIN))
                continue
            }
            group.perform(step: index)
            if group.isLockedOut, let identity = folder.identity { locked.insert(identity) }
        }
    }

    /// The new names must be durable before the old bytes go.
    private func makeDurable(step index: Int, of groups: [StagedSteps]) {
        var users: [FolderIdentity: [StagedSteps]] = [:]
        for group in groups {
            guard let folder = group.folder(ofStep: index) else { continue }
            if let identity = folder.identity {
                users[identity, default: []].append(group)
            } else {
                sync(folder, for: [group])
            }
        }
        for sharers in users.values {
            if let folder = sharers[0].folder(ofStep: index) { sync(folder, for: sharers) }
        }
    }

    private func sync(_ folder: Folder, for groups: [StagedSteps]) {
        do throws(FileError) {
            try folder.syncFolder()
        } catch {
            for group in groups { group.fail(error) }
        }
    }

    /// Changes files that belong together, in this order, all of them or none.
    package func carryOut(_ steps: [DocumentStep]) throws(Failure) {
        var folders = openFolders
        try carryOut(stage(steps, in: &folders))
    }

    /// Removes a file if it holds what it should, which need not be in memory; anything else keeps its name.
    /// - Parameter path: absolute.
    package func remove(_ path: String, _ bytes: StandingBytes) throws(Failure) {
        var folders = openFolders
        try carryOut(StagedSteps(removing: path, bytes, self, in: &folders))
    }

    private func carryOut(_ group: StagedSteps) throws(Failure) {
        group.makeDurable()
        commit([group])
        if let failure = group.failure { throw failure }
    }
}
