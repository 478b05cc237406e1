internal import Foundation
internal import TipinDiagnostics
internal import TipinFiles

/// Findings that were there before and do not count: the lines of an earlier `check --format json`.
package struct Baseline: Sendable {
    private struct Finding: Hashable, Decodable {
        var code: String
        var file: String?
        var pointer: String?
    }

    private let known: Set<Finding>

    /// - Throws: `RunError.usage` where the file is none of ours.
    package init(reading path: String) throws {
        let bytes: [UInt8]
        do {
            let folder = try Folder(opening: Paths.parent(of: path))
            bytes = try folder.openFile(Paths.name(of: path)).readAll(limit: 256 << 20)
        } catch {
            throw Self.unusable("'\(path)': \(error.systemMessage)")
        }
        do {
            let decoder = JSONDecoder()
            known = Set(
                try bytes.split(separator: 0x0A).map { try decoder.decode(Finding.self, from: Data($0)) })
        } catch {
            throw Self.unusable("'\(path)' must hold findings, one object a line")
        }
    }

    private static func unusable(_ words: String) -> RunError {
        .usage(
            Problem(
                .usage, "baseline cannot be used", notes: [words],
                help: ["make one with 'tipin check --format json PATH > FILE'"]))
    }

    /// Takes the known findings out. Lines and columns may have moved: code, file and pointer tell.
    package func remove(from report: inout RunReport) {
        report.diagnostics.removeAll { diagnostic in
            known.contains(
                Finding(
                    code: diagnostic.code.rawValue, file: diagnostic.place?.file, pointer: diagnostic.place?.pointer))
        }
    }
}
