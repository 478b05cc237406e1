internal import TipinFiles

extension DocumentOutput {
    /// What writing the file would change where it goes; `nil` where nothing is to be written.
    /// - Parameter keepsOlder: a document of the file was refused (`publish`).
    /// - Throws: where something stands there that must not be written over.
    func change(of file: RewrittenFile, keepsOlder: Bool) throws(DocumentWriter.Failure) -> RecordedChange? {
        // What is no document, or none that could be read, is not written anywhere.
        guard !file.loaded.documents.isEmpty, !keepsOlder else { return nil }
        switch destination {
        case .nowhere, .inPlace, .plan:
            return file.isChanged ? RecordedChange(file, followsLinks: followsLinks) : nil
        case .folder(let folder): return try change(of: file, below: folder)
        }
    }

    private func change(
        of file: RewrittenFile, below folder: String
    ) throws(DocumentWriter.Failure) -> RecordedChange? {
        var path = folder + "/" + file.loaded.file.relativePath
        if followsLinks { path = Paths.real(path) }
        var sidecar: RecordedChange.Sidecar?
        if let (name, bytes) = self.sidecar(of: file) {
            let place = Paths.parent(of: path) + "/" + name
            let standing = try writer.standing(at: place)
            if standing != bytes {
                sidecar = RecordedChange.Sidecar(
                    path: place, before: standing.map { RecordedBytes($0) }, after: RecordedBytes(bytes))
            }
        }
        let standing = try writer.standing(at: path)
        if sidecar == nil && standing == file.bytes { return nil }
        return RecordedChange(file, to: path, over: standing, sidecar: sidecar)
    }

    private func sidecar(of file: RewrittenFile) -> (name: String, bytes: [UInt8])? {
        if let sidecar = file.sidecar { return (Paths.name(of: sidecar.path), sidecar.bytes) }
        guard let sidecar = file.loaded.documents.first?.sidecar, let bytes = sidecar.bytes else { return nil }
        return (Paths.name(of: sidecar.path), bytes)
    }
}
