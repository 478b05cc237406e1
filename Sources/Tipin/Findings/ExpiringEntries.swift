internal import Glibc
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Entries of manifests with an address that expires, which no mention speaks for: it stays as it is.
struct ExpiringEntries {
    /// One entry of a manifest; the file beside the document has the place -1.
    struct Key: Hashable {
        var place: Int32
        var key: ByteKey
    }

    /// The entries that a mention speaks for: what its own manifest says is not read in the file beside the document.
    static func keys(ofID id: String, namedBy mention: Mention, in document: CollectedDocument) -> Set<Key> {
        let key = ByteKey(id)
        return [Key(place: document.manifestPlace(of: mention), key: key), Key(place: -1, key: key)]
    }

    /// Each with what is wrong with its address, in the order of their places and keys.
    private let found: [(entry: Key, text: String, problem: Problem)]
    private let document: LoadedDocument

    init(in document: LoadedDocument) {
        self.document = document
        guard Self.mayExpire(document) else {
            found = []
            return
        }
        found = ManifestEntries(of: document).all.compactMap { place, entry in
            AddressChecks.expiringRemote(entry.remoteURL).map {
                (Key(place: place, key: ByteKey(entry.key)), entry.key, $0)
            }
        }
    }

    /// An address that expires has one of two characters, or an escape that may stand for it: nearly all have neither,
    /// and their manifests need not be read once more.
    private static func mayExpire(_ document: LoadedDocument) -> Bool {
        if document.sidecar?.entries.contains(where: { $0.remoteURL?.contains { "?~".contains($0) } ?? false }) == true
        {
            return true
        }
        return document.collected.bytes.withUnsafeBufferPointer { text in
            document.collected.manifests.contains { place in
                guard place.value.isPresent, !place.isForeign else { return false }
                let value = UnsafeBufferPointer(rebasing: text[place.value.range])
                guard let base = value.baseAddress else { return false }
                return "?~\\".utf8.contains { memchr(base, Int32($0), value.count) != nil }
            }
        }
    }

    var isEmpty: Bool { found.isEmpty }

    /// - Parameter speaksFor: whether a mention says what is to stand in the entry, or it is removed.
    func findings(isPublish: Bool, unless speaksFor: (Key) -> Bool) -> [ValueFinding] {
        let severity: Severity? = isPublish ? .error : nil
        return found.filter { !speaksFor($0.entry) }.map { entry, text, problem in
            guard entry.place >= 0 else {
                var problem = problem
                problem.notes.append("it stands in the manifest file beside the document")
                return ValueFinding(value: 0..<0, pointer: "", problem: problem, severity: severity)
            }
            let place = document.collected.manifests[Int(entry.place)]
            let name = CollectedDocument.pointerStep(text)
            let range = document.collected.bytes.withUnsafeBufferPointer { bytes in
                ManifestIndex(bytes, objectAt: Int(place.value.start)).remoteURLRange(text, in: bytes)
            }
            return ValueFinding(
                value: range ?? place.value.range,
                pointer: "\(place.pointer)/\(Manifest.memberName)/\(name)/\(FileRefFields.remoteURL)", problem: problem,
                severity: severity)
        }
    }
}
