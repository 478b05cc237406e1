import Foundation
import Tipin
import TipinDiagnostics
import TipinFiles

/// The file of `--substitutions`: a JSON object from address to file or address.
enum Substitutions {
    static func read(_ path: String) throws -> [String: String] {
        let bytes: [UInt8]
        do {
            let url = URL(fileURLWithPath: path)
            let folder = try Folder(opening: url.deletingLastPathComponent().path)
            bytes = try folder.openFile(url.lastPathComponent).readAll(limit: 256 << 20)
        } catch {
            throw unusable("'\(path)': \(error.systemMessage)")
        }
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(bytes))
        } catch {
            throw unusable("'\(path)' must be a JSON object from address to file or address")
        }
    }

    private static func unusable(_ words: String) -> RunError {
        .usage(Problem(.usage, "file of --substitutions cannot be used", notes: [words]))
    }
}
