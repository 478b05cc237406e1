internal import GRDB
internal import TipinFiles

extension CatalogWriter {
    /// Takes the right to send a copy, or prolongs it, so that two processes do not send it at once.
    ///
    /// What another holds is taken over when its time is up, when the process that holds it is gone, or when the time
    /// is so far ahead that the clock must have jumped. Whoever lost a lease cannot commit: each outcome names its
    /// token.
    /// - Parameter token: random, one for each taking.
    /// - Returns: whether the line is the caller's now.
    package func takeLease(_ key: UploadKey, token: String, seconds: Double) throws -> Bool {
        let time = reader.milliseconds
        let holder = try reader.texts(
            "SELECT lease_owner FROM tipin_uploads WHERE asset_id = ? AND book_id = ? AND remote = ?", key.arguments
        ).first
        let isGone = holder.map(ProcessIdentity.isGone) ?? false
        return try change(
            """
            UPDATE tipin_uploads SET lease_token = ?4, lease_until = ?5, lease_owner = ?6
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND status <> 'uploaded'
                AND (lease_token IS NULL OR lease_token = ?4 OR lease_until <= ?7 OR lease_until > ?8 OR ?9)
            """,
            key.arguments + [
                token, time + min(Int64(seconds * 1000), Self.longestLease), ProcessIdentity.current.text, time,
                time + Self.longestLease, isGone,
            ]) == 1
    }

    /// Gives the lease back; one that another took meanwhile is left alone.
    package func releaseLease(_ key: UploadKey, token: String) throws {
        try change(
            """
            UPDATE tipin_uploads SET lease_token = NULL, lease_until = NULL, lease_owner = NULL
            WHERE asset_id = ? AND book_id = ? AND remote = ? AND lease_token = ?
            """, key.arguments + [token])
    }
}
