internal import TipinFiles

extension BlobStore {
    /// Puts bytes in their place. When it returns they are durable; their name is, once `batch` is finished, and only
    /// then may the catalog speak of them.
    ///
    /// - Parameter bytes: what `digest` was made of.
    /// - Returns: where they lie, relative to the data folder.
    package func store(
        _ bytes: [UInt8], digest: SHA256Digest, ext: String, book: String, batch: inout BlobBatch
    ) throws(BlobError) -> String {
        let place = try place(digest, book)
        let target = try location(digest, ext: ext, book: book)
        // Bytes that stand there and are whole need no second writing, whoever wrote them.
        if try adopt(target, in: place, digest, &batch) { return target }
        // Half a blob helps nobody: where space is short, say so before the disk is full for everybody.
        try requireSpace(for: bytes.count)
        // A name that no reader looks for, in the same file system, so that it can be renamed into place.
        let temporary = folder.temporaryName()
        do throws(FileError) {
            // New and for us alone: what another put there is never written through.
            let file = try root.createFile(temporary, mode: 0o600)
            try file.write(bytes)
            // A write that was cut short without an error must not get the digest's name.
            guard try file.status().size == bytes.count else { throw FileError.shortWrite(file.path) }
            // Nothing changes it from now on, not by mistake either.
            try file.changeMode(to: 0o400)
            // Data before names: after a crash a name must not lead to missing bytes. If it fails the file goes away,
            // for the kernel may have dropped what it could not write, and would not say so a second time.
            try file.sync()
            // The folders on the way, private ones; those in which they are new become durable with the batch.
            for changed in try root.createFolders(place, mode: 0o700) { batch.insert(changed) }
            // Never over what stands there: another importer's equal bytes are as good, and damaged ones are evidence.
            try rename(temporary, to: target, digest)
        } catch {
            // Nothing may stay behind that nobody looks for.
            try? root.removeFile(temporary)
            throw .file(error)
        }
        // The new names become durable once for all blobs of the batch, before the catalog's commit.
        insertFolders(of: place, into: &batch)
        return target
    }

    /// Gives a book an entry of its own of bytes that lie elsewhere below the data folder: a hard link, else a copy.
    ///
    /// - Parameter source: relative to the data folder.
    /// - Returns: where it lies, relative to the data folder.
    package func add(
        _ digest: SHA256Digest, ext: String, book: String, from source: String, batch: inout BlobBatch
    ) throws(BlobError) -> String {
        let place = try place(digest, book)
        let target = try location(digest, ext: ext, book: book)
        if try adopt(target, in: place, digest, &batch) { return target }
        do throws(FileError) {
            for changed in try root.createFolders(place, mode: 0o700) { batch.insert(changed) }
            try root.link(source, toNew: target)
        } catch {
            // Full, another file system, too many names, or taken meanwhile: writing the bytes finds out.
            if error.isOutOfSpace { throw .file(error) }
            let bytes = try read(source, expecting: digest, limit: .max - 1)
            return try store(bytes, digest: digest, ext: ext, book: book, batch: &batch)
        }
        insertFolders(of: place, into: &batch)
        return target
    }

    /// Takes what stands in the place if it is whole, and moves it aside if it is not.
    private func adopt(
        _ target: String, in place: String, _ digest: SHA256Digest, _ batch: inout BlobBatch
    ) throws(BlobError) -> Bool {
        do throws(FileError) {
            guard try root.status(of: target) != nil else { return false }
            guard try isWhole(target, digest) else {
                try moveAside(target)
                return false
            }
        } catch {
            throw .file(error)
        }
        try keep(target, in: place, &batch)
        return true
    }

    /// Makes a blob that is whole as durable and as private as one that we wrote.
    func keep(_ target: String, in place: String, _ batch: inout BlobBatch) throws(BlobError) {
        do throws(FileError) {
            let file = try root.openFile(target)
            // An app writes without syncing: the row that will name these bytes must not be more durable than they are.
            try file.sync()
            if try file.status().mode != 0o400 { try file.changeMode(to: 0o400) }
        } catch {
            throw .file(error)
        }
        insertFolders(of: place, into: &batch)
    }

    /// Renames without replacing. Where the name is taken its bytes are compared: equal ones make ours superfluous.
    private func rename(_ temporary: String, to target: String, _ digest: SHA256Digest) throws(FileError) {
        do throws(FileError) {
            try root.rename(temporary, toNew: target)
        } catch {
            guard error.alreadyExists else { throw error }
            if try isWhole(target, digest) {
                try root.removeFile(temporary)
            } else {
                try moveAside(target)
                try root.rename(temporary, toNew: target)
            }
        }
    }

    private func moveAside(_ target: String) throws(FileError) {
        do throws(BlobError) {
            try setAside(target)
        } catch {
            if case .file(let failure) = error { throw failure }
        }
    }

    private func requireSpace(for count: Int) throws(BlobError) {
        let needed = 2 * count + (16 << 20)
        guard let available = try? root.availableBytes(), available < needed else { return }
        throw .outOfSpace(needed: needed, available: available)
    }

    /// Another process may have made the upper folders and not have synced them yet, so each is synced once in this
    /// process's life; the one that the bytes' own folder is new in, each time.
    private func insertFolders(of place: String, into batch: inout BlobBatch) {
        batch.insert(place)
        var current = place[...]
        var isParent = true
        while let slash = current.lastIndex(of: "/") {
            current = current[..<slash]
            if isParent || !folder.isDurable(String(current)) { batch.insert(String(current)) }
            isParent = false
        }
        if !folder.isDurable(".") { batch.insert(".") }
    }
}
