package import TipinFiles

extension BlobStore {
    /// Gives everything that lies below `books`, ordered by its path. Bytes are not read, links not followed.
    package func forEachEntry(_ body: (StoredEntry) throws -> Void) throws {
        for book in try folders(in: "books", body) {
            for name in try folders(in: "books/\(book)", body) {
                let files = "books/\(book)/\(name)"
                guard name == "files" else {
                    try body(.stray(path: files, words: "no folder of that name belongs there"))
                    continue
                }
                for name in try folders(in: files, body) {
                    guard let digest = SHA256Digest(name), digest.description == name else {
                        try body(.stray(path: "\(files)/\(name)", words: "its name is no SHA-256"))
                        continue
                    }
                    try forEachFile(in: "\(files)/\(name)", book, digest, body)
                }
            }
        }
    }

    /// What lies in a place of ours, if anything does.
    package func status(of relative: String) throws(FileError) -> FileStatus? { try root.status(of: relative) }

    private func folders(in folder: String, _ body: (StoredEntry) throws -> Void) throws -> [String] {
        guard let status = try root.status(of: folder) else { return [] }
        guard status.kind == .folder else {
            try body(.stray(path: folder, words: status.kind.words))
            return []
        }
        var folders: [String] = []
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            guard let status = try root.status(of: path) else { continue }
            if status.kind == .folder {
                folders.append(name)
            } else {
                try body(.stray(path: path, words: status.kind.words))
            }
        }
        return folders
    }

    private func names(in folder: String) throws(BlobError) -> [String] {
        do throws(FileError) {
            return try root.names(in: folder)
        } catch {
            throw .file(error)
        }
    }

    private func forEachFile(
        in place: String, _ book: String, _ digest: SHA256Digest, _ body: (StoredEntry) throws -> Void
    ) throws {
        for name in try names(in: place) {
            let path = "\(place)/\(name)"
            guard let status = try root.status(of: path) else { continue }
            let file = StoredEntry.Blob(bookFolder: book, digest: digest, path: path, size: status.size)
            if status.kind != .regular {
                try body(.stray(path: path, words: status.kind.words))
            } else if Self.extensions.contains(where: { name == "original." + $0 }) {
                try body(.blob(file))
            } else if name.hasPrefix("thumb_") {
                try body(.thumbnail(file))
            } else {
                try body(.stray(path: path, words: "no file of that name belongs there"))
            }
        }
    }
}

extension FileStatus.Kind {
    /// What it is, for a message.
    package var words: String {
        switch self {
        case .regular: "it is a file"
        case .folder: "it is a folder"
        case .symbolicLink: "it is a symbolic link"
        case .other: "it is a pipe, a socket or a device"
        }
    }
}
