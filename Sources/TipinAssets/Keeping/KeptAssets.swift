internal import Foundation
internal import TipinFiles

/// The assets that clean-up must leave alone because a run that can be undone, or a plan that can be applied, names
/// them (RULES 5 "Undo", "--plan").
package struct KeptAssets: Sendable {
    /// What keeps an asset.
    package enum Keeper: Sendable, Hashable {
        /// The journal of this run.
        case run(String)
        /// A plan that was not applied yet and is not 90 days old.
        case plan(String)
    }

    private var keepersByID: [String: Set<Keeper>] = [:]
    private var keepersByDigest: [SHA256Digest: Set<Keeper>] = [:]

    /// Reads all journals of the data folder and the plans that the catalog knows.
    /// - Throws: where a journal cannot be read: then nobody knows what it names, and nothing may be removed.
    package init(_ folder: DataFolder, _ catalog: CatalogReader) throws {
        for (plan, id) in try catalog.plannedAssets() { keepersByID[id, default: []].insert(.plan(plan)) }
        let runs = RunFolder(folder)
        for run in try runs.runs() { try add(run, in: runs) }
    }

    /// The ids of all kept assets.
    package var ids: Set<String> { Set(keepersByID.keys) }

    /// The digests of all assets that journals name; those of plans have a row in the catalog.
    package var digests: Set<SHA256Digest> { Set(keepersByDigest.keys) }

    /// Why the asset is kept, in a lasting order; empty where it is not.
    package func keepers(of id: String, _ sha256: SHA256Digest) -> [Keeper] {
        (keepersByID[id] ?? []).union(keepersByDigest[sha256] ?? []).sorted { $0.text < $1.text }
    }

    /// The member of a journal's line that names assets; other lines have none.
    private struct Line: Decodable {
        var assets: [NamedAsset]?
    }

    private mutating func add(_ run: String, in folder: RunFolder) throws {
        var lines = try folder.lines(of: run)
        let mark = Array(#"{"assets":"#.utf8)
        while let line = try lines.next() {
            // What was never finished was never relied on either.
            guard line.isEnded, line.bytes.starts(with: mark) else { continue }
            for asset in try JSONDecoder().decode(Line.self, from: Data(line.bytes)).assets ?? [] {
                keepersByID[asset.assetID, default: []].insert(.run(run))
                keepersByDigest[asset.sha256, default: []].insert(.run(run))
            }
        }
    }
}

extension KeptAssets.Keeper {
    /// For people: `run 20260131-080910123-3f2a`.
    package var text: String {
        switch self {
        case .run(let name): "run \(name)"
        case .plan(let name): "plan \(name)"
        }
    }
}
