internal import Crypto
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// What is done with each document: the rows of the table.
enum Work: String, CaseIterable {
    case yajl = "bare yajl"
    case scan
    case resolve = "resolve, no change"
    case sha256 = "SHA-256"
    case copy

    private static let collector = DocumentCollector(rules: CompiledRules(.builtIn))

    /// Reads the document and does the work.
    func perform(on name: String, in folder: Folder) throws {
        let bytes = try folder.openFile(name).readAll(limit: 1 << 30)
        switch self {
        case .yajl: BareYajl.parse(bytes)
        case .scan: _ = try Self.collect(bytes)
        case .resolve: Self.resolve(try Self.collect(bytes))
        case .sha256: _ = SHA256.hash(data: bytes)
        case .copy: try folder.openOrCreateFile("copies/" + name.replacing("/", with: "-"), mode: 0o600).write(bytes)
        }
    }

    static func collect(_ bytes: [UInt8]) throws -> CollectedDocument {
        guard let document = try collector.collect(bytes) else { fatalError("not a document") }
        return document
    }

    /// Asks of every mention and manifest what is to be changed: nothing.
    static func resolve(_ document: CollectedDocument) {
        let style = document.layoutStyle
        var entries: [Int32: [AssetMembers]] = [:]
        for mention in document.mentions {
            let details = document.details(of: mention)
            var members = AssetMembers(assetID: details.assetID ?? "", sha256: "", role: document.role(of: mention))
            members.remoteURL = details.address
            members.address = .set(details.address ?? "")
            let edits = document.edits(of: mention, saying: details, as: members, style: style)
            precondition(edits.isEmpty, "nothing should change")
            entries[mention.manifest, default: []].append(members)
        }
        for (index, place) in document.manifests.enumerated() {
            let update = ManifestUpdate(entries[Int32(index)] ?? [])
            precondition(update.edits(in: document, at: place, style: style).isEmpty, "nothing should change")
        }
    }
}
