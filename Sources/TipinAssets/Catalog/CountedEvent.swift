internal import GRDB

/// What the catalog counts, for `doctor`.
package enum CountedEvent: String, Sendable, CaseIterable {
    /// An image worker died or had to be killed over a picture, and was replaced.
    case workerDeath = "worker-death"
}

extension CatalogWriter {
    /// Counts something that happened.
    package func count(_ event: CountedEvent, times: Int) throws {
        try change(
            """
            INSERT INTO tipin_counters (event, count, last_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (event) DO UPDATE SET count = count + ?2, last_at = ?3
            """, [event.rawValue, times, now])
    }
}

extension CatalogReader {
    /// How often it happened, and when last (ISO 8601, UTC); `nil` where it never did.
    package func count(of event: CountedEvent) throws -> (times: Int, lastAt: String)? {
        try rows("SELECT count, last_at FROM tipin_counters WHERE event = ?", [event.rawValue]) { row in
            row.integer(0).map { ($0, row.text(1) ?? "") }
        }.first
    }
}
