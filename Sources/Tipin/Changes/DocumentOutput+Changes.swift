internal import TipinFiles

extension DocumentOutput {
    /// What writing the file would change where it goes; `nil` where nothing is to be written.
    /// - Parameter keepsOlder: a document of the file was refused (`publish`).
    func change(of file: RewrittenFile, keepsOlder: Bool) -> RecordedChange? {
        // What is no document, or none that could be read, is not written anywhere.
        guard !file.loaded.documents.isEmpty, !keepsOlder else { return nil }
        switch destination {
        case .nowhere, .inPlace, .plan:
            return file.isChanged ? RecordedChange(file, followsLinks: followsLinks) : nil
        case .folder(let folder): return change(of: file, below: folder)
        }
    }

    private func change(of file: RewrittenFile, below folder: String) -> RecordedChange? {
        let path = folder + "/" + file.loaded.file.relativePath
        var sidecar: RecordedChange.Sidecar?
        if let (name, bytes) = self.sidecar(of: file) {
            let place = Paths.parent(of: path) + "/" + name
            if !Self.stands(bytes, at: place) {
                sidecar = RecordedChange.Sidecar(path: place, before: nil, after: RecordedBytes(bytes))
            }
        }
        if sidecar == nil && Self.stands(file.bytes, at: path) { return nil }
        return RecordedChange(file, to: path, sidecar: sidecar)
    }

    private static func stands(_ bytes: [UInt8], at path: String) -> Bool {
        guard Paths.isRegularFile(path), Paths.size(of: path) == bytes.count,
            let folder = try? Folder(opening: Paths.parent(of: path)),
            let standing = try? folder.openFile(Paths.name(of: path)).readAll(limit: bytes.count)
        else { return false }
        return standing == bytes
    }
}
