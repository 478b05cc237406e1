internal import TipinFiles

extension DocumentOutput {
    /// What writing the file would change where it goes; `nil` where nothing is to be written.
    /// - Throws: where something stands there that must not be written over.
    func change(of file: RewrittenFile) throws(DocumentWriter.Failure) -> RecordedChange? {
        // What is no document, or none that could be read, is not written anywhere.
        guard !file.loaded.documents.isEmpty else { return nil }
        switch destination {
        case .nowhere, .inPlace, .plan:
            return file.isChanged ? RecordedChange(file, followsLinks: followsLinks) : nil
        case .folder: return try changeInFolder(of: file)
        }
    }

    private func changeInFolder(of file: RewrittenFile) throws(DocumentWriter.Failure) -> RecordedChange? {
        let named = destination.path(of: file.loaded.file)
        let path = followsLinks ? Paths.real(named) : named
        var sidecar: RecordedChange.Sidecar?
        if let (name, bytes) = self.sidecar(of: file) {
            // Who reads the document looks beside its name, wherever that leads to.
            let beside = Paths.parent(of: named) + "/" + name
            let place = followsLinks ? Paths.real(beside) : beside
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
