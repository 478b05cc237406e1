internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// The file at which a row says that its picture is: an app may keep it in a place of its own, outside the layout.
struct AppFile: Sendable {
    /// Absolute.
    let path: String

    /// - Returns: `nil` where the row names no place on this machine.
    init?(of asset: Asset) {
        guard let path = asset.localPath, path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
        self.path = path
    }

    /// What stands there.
    enum Content: Sendable, Equatable {
        /// The picture's bytes; how many.
        case whole(size: Int)
        case other
        case missing
        /// Nobody can look; why, in words.
        case unreadable(String)

        var isWhole: Bool { if case .whole = self { true } else { false } }
        /// Whether the row may lose its path for want of the picture there.
        var isGone: Bool { self == .other || self == .missing }
    }

    /// - Parameter reads: whether the bytes are compared also where they are as many as the row says.
    func content(for asset: Asset, reads: Bool) -> Content {
        let real = Paths.real(path)
        do throws(FileError) {
            let file = try Folder(opening: Paths.parent(of: real)).openFile(Paths.name(of: real))
            let status = try file.status()
            guard status.kind == .regular else { return .other }
            if !reads, status.size == asset.size { return .whole(size: status.size) }
            return try BlobStore.digest(of: file) == asset.sha256 ? .whole(size: status.size) : .other
        } catch {
            return error.isMissing ? .missing : .unreadable(error.systemMessage)
        }
    }

    /// The bytes of that digest; `nil` where others stand there, or they cannot be read or are more than `limit`.
    func bytes(of digest: SHA256Digest, limit: Int) -> [UInt8]? {
        guard case .bytes(let bytes, _) = LocalFiles(roots: ["/"]).read(path, limit: limit),
            SHA256Digest(of: bytes) == digest
        else { return nil }
        return bytes
    }

    /// What becomes of the row's path, in words.
    func words(of content: Content, isDryRun: Bool) -> String {
        let place = "'\(Redaction.printable(path))'"
        let outcome =
            (isDryRun ? "unless they come from elsewhere its row would name" : "its row names") + " it no more"
        return switch content {
        case .whole: "its bytes are at \(place)"
        case .other: "\(place) has other bytes; \(outcome)"
        case .missing: "\(place) is missing; \(outcome)"
        case .unreadable(let words): "\(place) cannot be read: \(words)"
        }
    }
}
