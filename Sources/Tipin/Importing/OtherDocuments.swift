internal import TipinAssets
internal import TipinDocument

/// Where the documents of a run say that bytes lie, by digest: one document's FileRef may have lost an address that
/// another still has.
///
/// All of them are read once more, but only when bytes are missing that nothing else leads to.
actor OtherDocuments {
    /// An address, and the document that it is relative to.
    struct Clue: Sendable {
        var address: String
        var file: DocumentFile
    }

    private let files: [DocumentFile]
    private let collect: Collect
    private let jobs: Int
    private var index: Task<[SHA256Digest: [Clue]], Never>?
    /// More addresses of one asset than anybody would try.
    private static let limit = 4

    init(_ files: [DocumentFile], collect: Collect, jobs: Int) {
        self.files = files
        self.collect = collect
        self.jobs = jobs
    }

    func clues(to digest: SHA256Digest) async -> [Clue] {
        let reading = index ?? Task { [files, collect, jobs] in await Self.read(files, collect, jobs) }
        index = reading
        return await reading.value[digest] ?? []
    }

    private static func read(
        _ files: [DocumentFile], _ collect: Collect, _ jobs: Int
    ) async -> [SHA256Digest: [Clue]] {
        var index: [SHA256Digest: [Clue]] = [:]
        func add(_ told: some Sequence<(SHA256Digest, Clue)>) {
            for (digest, clue) in told where index[digest, default: []].count < limit {
                let isKnown = index[digest]?.contains { $0.address.hasSameBytes(as: clue.address) } ?? false
                if !isKnown { index[digest, default: []].append(clue) }
            }
        }
        var windows = DocumentWindows(files)
        while let window = windows.next() {
            if let file = window.lines {
                var pieces = LinePieces(file, collect)
                while let piece = try? pieces.next() { add(clues(in: piece)) }
            } else {
                add(await window.files.concurrentMap(limit: jobs) { clues(in: collect.load($0)) }.joined())
            }
        }
        return index
    }

    private static func clues(in file: LoadedFile) -> [(SHA256Digest, Clue)] {
        var clues: [(SHA256Digest, Clue)] = []
        func add(_ sha256: String?, _ addresses: [String?]) {
            guard let digest = sha256.flatMap(SHA256Digest.init) else { return }
            clues += addresses.compactMap { $0 }.map { (digest, Clue(address: $0, file: file.file)) }
        }
        for document in file.documents {
            for mention in document.collected.mentions {
                let details = document.collected.details(of: mention)
                let address = details.address.flatMap { $0.hasSameBytes(as: details.assetID) ? nil : $0 }
                add(details.sha256, [details.localPath, details.remoteURL, address])
            }
            for (_, entry) in ManifestEntries(of: document).all {
                add(entry.sha256, [entry.localPath, entry.remoteURL])
            }
        }
        return clues
    }
}
