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
        var manifests = document.manifests.map { ManifestUpdate(in: document, at: $0, style: style) }
        for mention in document.mentions {
            let details = document.details(of: mention)
            let address = details.address ?? ""
            var members = AssetMembers(
                assetID: details.assetID ?? "", sha256: digest(in: address), role: document.role(of: mention))
            members.remoteURL = address
            members.address = .set(address)
            let edits = document.edits(of: mention, saying: details, as: members, style: style)
            precondition(edits.isEmpty, "nothing should change")
            guard mention.manifest >= 0 else { continue }
            precondition(manifests[Int(mention.manifest)].add(members), "no two pictures should have one id")
        }
        for update in manifests { precondition(update.edits().isEmpty, "nothing should change") }
    }

    /// The last folder of a generated address.
    private static func digest(in address: String) -> String {
        let path = address.utf8
        guard let end = path.lastIndex(of: UInt8(ascii: "/")), path.count > 64 else { return "" }
        return String(address[path.index(end, offsetBy: -64)..<end])
    }
}
