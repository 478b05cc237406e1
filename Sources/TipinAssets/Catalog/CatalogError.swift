internal import GRDB

/// Why the catalog could not be used.
package enum CatalogError: Error, Sendable, Equatable {
    case missing(path: String)
    /// Another process held it longer than we wait.
    case locked(path: String)
    /// It was left in the middle of a change: only a command that writes can bring it in order.
    case unfinished(path: String)
    /// Not a database, or one whose pages contradict each other; SQLite's words.
    case damaged(path: String, words: String)
    /// It has no table or column of a name that it should have; SQLite's words.
    case incomplete(path: String, words: String)
    /// Its schema asks for functions, collations or modules that an app brings, and we do not have; SQLite's words.
    case beyondUs(path: String, words: String)
    /// It is damaged or incomplete, and another program keeps more in it than a new one would have: what is wrong with
    /// it, and the tables of that program, as far as they can be told.
    case notOurs(path: String, words: String, tables: [String])
    /// A later tipin changed it: the migrations that this one does not know.
    case newer(path: String, migrations: [String])
    case outOfSpace(path: String)
    /// The file or its folder cannot be used; why, in words.
    case unusable(path: String, words: String)
    /// Anything else that SQLite says: its extended result code and its words, never a bound value.
    case database(path: String, code: Int, words: String)

    init(_ error: DatabaseError, path: String) {
        let words = "SQLite error \(error.errorCode): \(error.message ?? "no words")"
        switch error.resultCode {
        // SQLite says of a schema that it cannot read that it is malformed, though the file is whole.
        case .SQLITE_CORRUPT where Self.lacksOfTheApp.contains { error.message?.contains($0) == true },
            .SQLITE_ERROR where Self.lacksOfTheApp.contains { error.message?.contains($0) == true }:
            self = .beyondUs(path: path, words: words)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, words: words)
        // Our statements fit our tables: one that does not find its table or column met a schema that was spoilt, or is
        // an app's.
        case .SQLITE_ERROR where error.message?.hasPrefix("no such ") == true:
            self = .incomplete(path: path, words: words)
        // A page that ends too early is one of a file that was cut.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHORT_READ:
            self = .damaged(path: path, words: words)
        case .SQLITE_FULL: self = .outOfSpace(path: path)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK,
            .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_RECOVERY:
            self = .unfinished(path: path)
        // Our tables have no such rules: one that an app made keeps us from what we would change.
        case .SQLITE_CONSTRAINT where Self.rulesOfTheApp.contains(error.extendedResultCode), .SQLITE_MISMATCH:
            self = .unusable(path: path, words: words)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
            self = .unusable(path: path, words: words)
        default: self = .database(path: path, code: error.errorCode, words: words)
        }
    }

    /// What SQLite says where a schema names functions, collations or modules that the app has registered.
    private static let lacksOfTheApp = [
        "no such function", "unknown function", "no such collation", "no such module", "unsafe use of",
    ]

    private static let rulesOfTheApp: [ResultCode] = [
        .SQLITE_CONSTRAINT_FOREIGNKEY, .SQLITE_CONSTRAINT_TRIGGER, .SQLITE_CONSTRAINT_NOTNULL, .SQLITE_CONSTRAINT_CHECK,
        .SQLITE_CONSTRAINT_DATATYPE,
    ]
}
