internal import TipinDiagnostics
package import TipinDocument
internal import TipinJSON

/// The manifest of a document that has no place for one, in a file beside it.
package struct Sidecar: Sendable {
    /// Absolute.
    package var path: String
    /// `nil` where there is no such file yet.
    package var bytes: [UInt8]?
    package var entries: [Manifest.Entry]

    /// Reads what stands beside a document.
    init(beside file: DocumentFile, _ parse: Parse) throws(SidecarFault) {
        path = DocumentFile.sidecarPath(of: file.path)
        (bytes, entries) = (nil, [])
        // Nobody could write the manifest through it.
        if Paths.isDanglingLink(path) { throw .danglingLink }
        guard Paths.exists(path) else { return }
        if Paths.isLink(path), let folders = file.manifestFolders {
            let target = Paths.real(path)
            guard folders.contains(where: { Paths.isEqualOrBelow(target, $0) }) else { throw .linkOutside(target) }
        }
        let read: [UInt8]
        do {
            read = try parse.read(path).bytes
        } catch {
            throw .unreadable(error.problem.headline)
        }
        bytes = read
        entries = try Self.entries(of: read)
    }

    private static func entries(of bytes: [UInt8]) throws(SidecarFault) -> [Manifest.Entry] {
        let found = bytes.withUnsafeBufferPointer { text -> Result<[Manifest.Entry], SidecarFault> in
            do throws(JSONError) {
                try Tokenizer.run(text, depthLimit: 64, consumer: IgnoredTokens())
            } catch {
                return .failure(.noJSON(error, bytes))
            }
            let mark = text.starts(with: Tokenizer.byteOrderMark) ? Tokenizer.byteOrderMark.count : 0
            guard let start = text[mark...].firstIndex(where: { $0 > 0x20 }), text[start] == UInt8(ascii: "{") else {
                return .failure(.noObject)
            }
            let index = ManifestIndex(text, objectAt: start)
            if let fault = index.firstFault(in: text) { return .failure(.entry(fault, bytes)) }
            return .success(index.entries(in: text))
        }
        return try found.get()
    }
}
