internal import Foundation
internal import TipinFiles

/// Taking bytes away: into quarantine where they are nowhere else, for good where they can be fetched again.
extension BlobStore {
    /// Where what clean-up removed lies until it is brought back or forgotten: `removed/<sha256>/`.
    private static let quarantine = "removed"
    private static let recordName = "asset.json"

    // MARK: Into quarantine

    /// Writes down what is needed to bring an asset back, before its row goes.
    package func keepRecord(_ record: [UInt8], of digest: SHA256Digest) throws(BlobError) {
        let place = "\(Self.quarantine)/\(digest)"
        let temporary = folder.temporaryName()
        do throws(FileError) {
            let changed = try root.createFolders(place, mode: 0o700)
            let file = try root.createFile(temporary, mode: 0o600)
            do throws(FileError) {
                try file.write(record)
                try file.sync()
                try root.rename(temporary, replacing: "\(place)/\(Self.recordName)")
            } catch {
                try? root.removeFile(temporary)
                throw error
            }
            try root.syncFolder(place)
            for parent in changed { try root.syncFolder(parent) }
        } catch {
            throw .file(error)
        }
    }

    /// Moves all entries of a blob out of the books' folders: one into quarantine, and what equals it goes. So do its
    /// thumbnails, which can be made again. The row must be gone already.
    /// - Parameter places: its folders, where they are known; else all books are looked through.
    /// - Returns: how many bytes lie in quarantine now; 0 where there were none.
    @discardableResult
    package func retire(_ digest: SHA256Digest, in places: [String]? = nil) throws(BlobError) -> Int {
        let place = "\(Self.quarantine)/\(digest)"
        var size = 0
        for entry in entries(of: digest, in: places) {
            do throws(FileError) {
                guard try isWhole(entry, digest) else {
                    // Evidence, not a picture.
                    try moveToBad(entry)
                    continue
                }
                let kept = place + "/" + (entry.split(separator: "/").last ?? "original")
                for parent in try root.createFolders(place, mode: 0o700) { try root.syncFolder(parent) }
                if let standing = try quarantinedEntry(of: digest), try isWhole(standing, digest) {
                    try root.removeFile(entry)
                } else {
                    // Damaged ones of an earlier time must not keep whole ones out.
                    if let standing = try quarantinedEntry(of: digest) { try moveToBad(standing) }
                    size = try root.status(of: entry)?.size ?? 0
                    try root.rename(entry, toNew: kept)
                    try root.syncFolder(place)
                }
            } catch {
                throw .file(error)
            }
        }
        try removeThumbnails(of: digest, in: places)
        return size
    }

    /// The bytes in quarantine, checked against their digest; `nil` where there are none that are whole.
    package func retired(_ digest: SHA256Digest, limit: Int) -> [UInt8]? {
        guard let path = try? quarantinedEntry(of: digest), let bytes = try? root.openFile(path).readAll(limit: limit),
            SHA256Digest(of: bytes) == digest
        else { return nil }
        return bytes
    }

    /// Whether there are bytes in quarantine; what they are nobody looks at.
    package func isRetired(_ digest: SHA256Digest) -> Bool { (try? quarantinedEntry(of: digest)) != nil }

    /// What was written down of an asset in quarantine.
    package func record(of digest: SHA256Digest) -> [UInt8]? {
        try? root.openFile("\(Self.quarantine)/\(digest)/\(Self.recordName)").readAll(limit: 1 << 20)
    }

    /// `record(of:)` read; `nil` also for one that is not of these bytes.
    package func removedRecord(of digest: SHA256Digest) -> RemovedRecord? {
        guard let bytes = record(of: digest),
            let record = try? JSONDecoder().decode(RemovedRecord.self, from: Data(bytes)), record.sha256 == digest
        else { return nil }
        return record
    }

    /// Everything in quarantine: its digest, its bytes, and when it came there in milliseconds since 1970.
    package func quarantined() throws(BlobError) -> [(digest: SHA256Digest, size: Int, since: Int64)] {
        var found: [(digest: SHA256Digest, size: Int, since: Int64)] = []
        do throws(FileError) {
            for name in try root.names(in: Self.quarantine) {
                guard let digest = SHA256Digest(name) else { continue }
                let place = "\(Self.quarantine)/\(name)"
                var record = try root.status(of: "\(place)/\(Self.recordName)")
                if record == nil { record = try root.status(of: place) }
                var size = 0
                if let entry = try quarantinedEntry(of: digest) { size = try root.status(of: entry)?.size ?? 0 }
                found.append((digest, size, (record?.modified ?? .max) / 1_000_000))
            }
        } catch {
            throw .file(error)
        }
        return found
    }

    /// Removes an asset from quarantine for good.
    package func forget(_ digest: SHA256Digest) throws(BlobError) {
        let place = "\(Self.quarantine)/\(digest)"
        do throws(FileError) {
            // The record goes last: without it nobody could tell what the bytes were.
            for name in try root.names(in: place).sorted(by: { $1 == Self.recordName && $0 != $1 }) {
                try root.removeFile("\(place)/\(name)")
            }
            try? root.removeFolder(place)
            try root.syncFolder(Self.quarantine)
        } catch {
            throw .file(error)
        }
    }

    private func quarantinedEntry(of digest: SHA256Digest) throws(FileError) -> String? {
        let place = "\(Self.quarantine)/\(digest)"
        return try root.names(in: place).first { $0.hasPrefix("original.") }.map { "\(place)/\($0)" }
    }

    // MARK: What can be made again

    /// Removes the thumbnails of a blob in all books, and its folders where nothing else is left in them. The catalog
    /// must know nothing of them any more.
    /// - Parameter places: its folders, where they are known; else all books are looked through.
    package func removeThumbnails(of digest: SHA256Digest, in places: [String]? = nil) throws(BlobError) {
        do throws(FileError) {
            for thumbnail in thumbnails(of: digest, in: places) { try root.removeFile(thumbnail) }
            for place in places ?? self.places(of: digest) where try root.status(of: place)?.kind == .folder {
                // What is not ours keeps its folder.
                if try root.names(in: place).isEmpty {
                    try? root.removeFolder(place)
                    try root.syncFolder(Self.parent(of: place))
                } else {
                    try root.syncFolder(place)
                }
            }
        } catch {
            throw .file(error)
        }
    }

    /// Removes one thumbnail. The catalog must know nothing of it any more.
    package func removeThumbnail(_ relative: String) throws(BlobError) {
        do throws(FileError) {
            guard try root.status(of: relative)?.kind == .regular else { return }
            try root.removeFile(relative)
            try root.syncFolder(Self.parent(of: relative))
        } catch {
            throw .file(error)
        }
    }

    // MARK: Bytes that can be fetched again

    /// Removes all entries of a blob; its thumbnails stay, so that lists go on showing something. The catalog must say
    /// already that the bytes are not here.
    /// - Parameter places: its folders, where they are known; else all books are looked through.
    /// - Returns: how many bytes were here.
    @discardableResult
    package func evict(_ digest: SHA256Digest, in places: [String]? = nil) throws(BlobError) -> Int {
        var size = 0
        do throws(FileError) {
            for entry in entries(of: digest, in: places) {
                size = max(size, try root.status(of: entry)?.size ?? 0)
                try root.removeFile(entry)
                try root.syncFolder(Self.parent(of: entry))
            }
        } catch {
            throw .file(error)
        }
        return size
    }

    // MARK: Looking

    /// Gives each digest that a book's folder is named for, with the folder's path below the data folder.
    package func forEachFolder(_ body: (SHA256Digest, String) throws -> Void) throws {
        for book in try root.names(in: "books") {
            // Whatever else stands there is not of this layout.
            for name in (try? root.names(in: "books/\(book)/files")) ?? [] {
                guard let digest = SHA256Digest(name) else { continue }
                try body(digest, "books/\(book)/files/\(name)")
            }
        }
    }

    /// What lies in the books' folders of a blob; `nil` where nothing of ours does.
    /// - Parameter places: its folders, where they are known; else all books are looked through.
    package func facts(of digest: SHA256Digest, in places: [String]? = nil) -> BlobFacts? {
        let (entries, thumbnails) = (entries(of: digest, in: places), thumbnails(of: digest, in: places))
        let sizes = { (paths: [String]) in paths.compactMap { try? root.status(of: $0) } }
        let (bytes, smaller) = (sizes(entries), sizes(thumbnails))
        guard let changed = (bytes + smaller).map(\.modified).max() else { return nil }
        return BlobFacts(
            size: bytes.map(\.size).max() ?? smaller.reduce(0) { $0 + $1.size }, changed: changed / 1_000_000,
            isThumbnailsOnly: bytes.isEmpty)
    }

    /// The folders of every digest, below the data folder: one walk instead of a look into each book for each digest.
    package func places() throws -> [SHA256Digest: [String]] {
        var places: [SHA256Digest: [String]] = [:]
        try forEachFolder { digest, place in places[digest, default: []].append(place) }
        return places
    }

    /// The first entry in folders of a digest's that are known; `nil` where none holds one.
    package func find(in places: [String]) -> String? {
        for place in places {
            if let found = entry(in: place) { return found }
        }
        return nil
    }

    /// All entries of a blob, in whichever books.
    func entries(of digest: SHA256Digest, in places: [String]? = nil) -> [String] {
        files(of: digest, in: places) { $0.hasPrefix("original.") }
    }

    /// All thumbnails of a blob, in whichever books.
    func thumbnails(of digest: SHA256Digest, in places: [String]? = nil) -> [String] {
        files(of: digest, in: places, Self.isThumbnail)
    }

    private func files(
        of digest: SHA256Digest, in places: [String]?, _ isMeant: (String) -> Bool
    ) -> [String] {
        (places ?? self.places(of: digest)).flatMap { place in
            ((try? root.names(in: place)) ?? []).filter(isMeant).map { place + "/" + $0 }
                .filter { (try? root.status(of: $0))?.kind == .regular }
        }
    }

    /// The folders of a blob, in whichever books.
    private func places(of digest: SHA256Digest) -> [String] {
        bookFolders.map { "books/\($0)/files/\(digest)" }
            // A planted link leads to no folder of ours.
            .filter { (try? root.status(of: $0))?.kind == .folder }
    }

    // MARK: Parts

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func isThumbnail(_ name: String) -> Bool { name.hasPrefix("thumb_") }

    private func moveToBad(_ entry: String) throws(FileError) {
        do throws(BlobError) {
            try setAside(entry)
        } catch {
            if case .file(let failure) = error { throw failure }
        }
    }
}
