import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

extension TestBook {
    /// Runs `assets verify` as the command line does.
    func verify(_ change: (inout VerifyOptions) -> Void = { _ in }) async throws -> VerifyReport {
        var options = VerifyOptions()
        change(&options)
        let access =
            options.isDryRun
            ? Access(catalog: .reads)
            : Access(catalog: .writes, reachesLegacyHosts: true, reachesRemote: true)
        let workspace = try Workspace(settings, host: host, access: access, remote: remote, images: images)
        defer { workspace.close() }
        var report = VerifyReport()
        try await VerifyRun(workspace, options).run(&report)
        return report
    }

    /// Runs `assets verify --rebuild`.
    func rebuild(_ change: (inout VerifyOptions) -> Void = { _ in }) async throws -> VerifyReport {
        var options = VerifyOptions()
        options.documents = [path]
        change(&options)
        let moved = try CatalogRebuild.moveDamagedAside(settings, host: host)
        let workspace = try writing()
        defer { workspace.close() }
        var report = VerifyReport()
        try await CatalogRebuild(workspace, options).run(&report)
        report.rebuilt?.movedTo = moved
        try await VerifyRun(workspace, options).run(&report)
        return report
    }

    /// The names in `bad`, each with its bytes.
    var setAside: [String: [UInt8]] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: dataPath + "/bad")) ?? []
        return Dictionary(uniqueKeysWithValues: names.map { ($0, (try? temporary.read("data/bad/" + $0)) ?? []) })
    }

    /// Writes over a blob, whatever its mode.
    func spoil(_ picture: Picture, book: String = "b1", with bytes: [UInt8]) throws {
        let path = blobPath(picture, book: book)
        try FileManager.default.removeItem(atPath: path)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}

extension VerifyReport {
    var codes: [String] { findings.map(\.problem.code.rawValue).sorted() }
}
