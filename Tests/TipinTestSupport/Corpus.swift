internal import Foundation

/// Public test corpora that are read where they lie and never copied into the project.
package enum Corpus {
    /// `TIPIN_CORPUS`, else `../shared/corpus` beside the package.
    package static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["TIPIN_CORPUS"] { return named }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared/corpus").path
    }()

    package static let isHere = FileManager.default.fileExists(atPath: folder)
    package static let reason: String = "no test corpora: set TIPIN_CORPUS to their folder"

    package static func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
    }

    /// The names in a folder of the corpus that begin with `prefix`, sorted; empty where it is missing.
    package static func names(in name: String, prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted()
    }
}
