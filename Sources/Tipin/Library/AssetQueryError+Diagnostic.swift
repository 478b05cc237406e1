package import TipinDiagnostics

extension AssetQueryError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .unknown(let id):
            Problem(
                .assetUnknown, "asset '\(Redaction.printable(String(id.prefix(40))))' is not known",
                help: ["'tipin assets list' shows what the catalog has"])
        case .documentName(let name, let candidates):
            Problem(
                .assetUnknown, "'\(Redaction.printable(String(name.prefix(40))))' is no asset's own id",
                notes: candidates.prefix(4).map { "a document calls '\($0)' so" },
                help: ["give the asset's own id: what a document calls an asset holds in that document only"])
        case .ambiguous(let prefix, let candidates):
            Problem(
                .assetUnknown, "'\(Redaction.printable(String(prefix.prefix(40))))' means more than one asset",
                notes: candidates.prefix(4).map { "'\($0)'" }, help: ["give more of the id"])
        }
    }
}
