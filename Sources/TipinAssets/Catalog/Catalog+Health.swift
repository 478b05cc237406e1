internal import GRDB

extension Catalog {
    /// What an examination found.
    package struct Health: Sendable {
        package var isWhole: Bool
        /// In WAL mode with an SQLite that may lose a commit when the log starts over (3.7.0 to 3.51.2).
        package var hasWALBug: Bool
        /// Counts and versions, or what is wrong.
        package var words: String
    }

    /// Checks every page, which takes time in proportion to the file.
    package func health() throws -> Health {
        try read { reader in
            let complaint = try reader.texts("PRAGMA integrity_check(1)", []).first ?? "ok"
            let mode = try reader.texts("PRAGMA journal_mode", []).first ?? "unknown"
            let version = try reader.texts("SELECT sqlite_version()", []).first ?? "unknown"
            let counts = try reader.counts()
            guard complaint == "ok" else { return Health(isWhole: false, hasWALBug: false, words: complaint) }
            return Health(
                isWhole: true, hasWALBug: mode == "wal" && Self.hasWALBug(version),
                words: "assets: \(counts.assets), links: \(counts.links), to upload: \(counts.pendingUploads), "
                    + "SQLite \(version)\(mode == "wal" ? ", WAL mode" : "")")
        }
    }

    static func hasWALBug(_ version: String) -> Bool {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 3 else { return true }
        let number = parts[0] * 1_000_000 + parts[1] * 1000 + parts[2]
        // Mended in 3.51.3 and, for those who stay on an older one, in 3.50.7 and 3.44.6.
        let isMended = number >= 3_051_003 || (3_050_007..<3_051_000) ~= number || (3_044_006..<3_045_000) ~= number
        return number >= 3_007_000 && !isMended
    }
}
