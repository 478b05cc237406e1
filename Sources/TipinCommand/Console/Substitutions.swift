import Foundation
import Tipin
import TipinDiagnostics

/// The file of `--substitutions`: a JSON object from address to file or address.
enum Substitutions {
    static func read(_ path: String) throws -> [String: String] {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return try JSONDecoder().decode([String: String].self, from: data)
        } catch {
            throw RunError.usage(
                Problem(
                    .usage, "file of --substitutions cannot be used",
                    notes: ["'\(path)' must be a JSON object from address to file or address"]))
        }
    }
}
