internal import TipinAssets
package import TipinDiagnostics
internal import TipinFiles

/// Says what a picture file is without a store (`tipin assets probe`).
package struct ImageProbe: Sendable {
    private let limits: ImportLimits
    private let images: ImageWorker?

    package init(_ settings: Settings, host: Host) {
        limits = settings.importLimits
        images = host.imageWorker.map { ImageWorker(path: $0, slots: 1, limits: host.imageLimits) }
    }

    /// - Parameter path: absolute.
    package func image(at path: String) async throws -> ProbedImage { try await look(at: path).image }

    /// `image` with what is to be looked at, such as a name that promises another kind of file.
    /// - Parameter path: absolute.
    package func look(at path: String) async throws -> (image: ProbedImage, warnings: [Problem]) {
        let bytes = try bytes(at: path)
        let picture = try await limits.probe(bytes, name: path, with: images)
        return (ProbedImage(picture, SHA256Digest(of: bytes)), picture.warnings)
    }

    private func bytes(at path: String) throws(ImportError) -> [UInt8] {
        var size: Int?
        do throws(FileError) {
            let file = try Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path))
            let status = try file.status()
            if status.kind == .regular {
                if status.size <= limits.maxBytes { return try file.readAll(limit: limits.maxBytes) }
                size = status.size
            }
        } catch {
            throw .unreadable(error)
        }
        throw size.map { .tooLarge(size: $0, limit: limits.maxBytes) } ?? .notAFile(path: path)
    }
}
