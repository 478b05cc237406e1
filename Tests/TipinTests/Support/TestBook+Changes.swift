import Foundation
import Synchronization
import Tipin
import TipinAssets
import TipinTestSupport

/// Plans, what is shown of changes, and the way back.
extension TestBook {
    static let planName = "book.plan.json"

    var planPath: String { temporary.path + "/" + Self.planName }

    /// Runs a command with `--plan`.
    @discardableResult
    func plan(_ command: Command, _ change: (inout RunOptions) -> Void = { _ in }) async throws -> RunReport {
        let plan = try PlanWriter(
            planPath, command: command.rawValue, paths: [path], dataFolder: settings.dataFolder, clock: host.clock)
        return try await run(command, to: .plan, plan: plan, show: nil, change)
    }

    /// Runs a command and tells what it showed of its changes.
    func shown(
        _ command: Command, to destination: Destination = .inPlace, isColored: Bool = false
    ) async throws -> (text: String, patches: String) {
        let shown = Mutex((text: "", patches: [UInt8]()))
        _ = try await run(command, to: destination, plan: nil) { difference in
            shown.withLock { shown in
                shown.text += difference.text(isColored: isColored)
                shown.patches += difference.patches()
            }
        }
        return shown.withLock { ($0.text, String(decoding: $0.patches, as: UTF8.self)) }
    }

    private func run(
        _ command: Command, to destination: Destination, plan: PlanWriter?,
        show: (@Sendable (FileDifference) -> Void)?, _ change: (inout RunOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        var options = RunOptions(paths: [path], profile: command.profile, destination: destination)
        change(&options)
        // Random documents name hosts that nobody should wait for.
        let access = Access(
            catalog: command.stages.recovers && destination != .nowhere ? .writes : .reads,
            reachesLegacyHosts: false, reachesRemote: command.stages.sends)
        let workspace = try Workspace(settings, host: host, access: access, remote: remote, images: images)
        defer { workspace.close() }
        let recording = Recording(
            Journal(command: command.rawValue, destination: destination, clock: host.clock), plan: plan, show: show)
        var report = try await RewriteRun(workspace, options, command.stages)
            .run(command: command.rawValue, recording: recording)
        try await recording.end(&report)
        return report
    }

    @discardableResult
    func migrateOffline() async throws -> RunReport {
        try await run(.migrate, to: .inPlace, plan: nil, show: nil)
    }

    @discardableResult
    func apply(_ paths: [String] = [], _ change: (inout ApplyRun.Options) -> Void = { _ in }) async throws -> RunReport
    {
        var options = ApplyRun.Options(plan: planPath, paths: paths)
        change(&options)
        return try await ApplyRun(settings, host: host, options).run()
    }

    /// - Parameter paths: below which files may be changed; none for all of a run that this data folder recorded.
    @discardableResult
    func undo(_ run: String? = nil, below paths: [String] = []) async throws -> RunReport {
        try await UndoRun(settings, host: host).run(run, below: paths)
    }

    func runs() throws -> [RecordedRun] { try RunList(settings, host: host)?.runs ?? [] }

    /// Every document below the working folder, and every manifest file.
    func documents() throws -> [String: [UInt8]] {
        var documents: [String: [UInt8]] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init() {
            guard name.hasSuffix("json") || name.hasSuffix("jsonl") || name.hasSuffix(".assettmp") else { continue }
            documents[name] = try temporary.read("book/" + name)
        }
        return documents
    }

    func restore(_ documents: [String: [UInt8]]) throws {
        for name in try self.documents().keys where documents[name] == nil {
            try FileManager.default.removeItem(atPath: path + "/" + name)
        }
        for (name, bytes) in documents { try temporary.write(bytes, to: "book/" + name) }
    }

    /// Every link of the catalog with the documents that made it, sorted.
    func links() throws -> [String] {
        try withCatalog { catalog in
            try catalog.read { reader in
                try reader.assets().flatMap { asset in
                    try reader.links(toAsset: asset.id).map { link in
                        let marks = try reader.marks(of: link.id).map { "\($0.book)/\($0.kind)/\($0.document)" }
                        return "\(link.assetID) \(link.entity.type.rawValue) \(link.entity.id) \(link.role) "
                            + "\(link.sortOrder) \(marks.joined(separator: "+"))".replacing(path, with: "")
                    }
                }.sorted()
            }
        }
    }
}
