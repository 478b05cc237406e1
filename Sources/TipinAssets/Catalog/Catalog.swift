internal import GRDB
internal import Synchronization
package import TipinFiles

/// The file that knows every asset: two tables that the app shares (PRD 5.1) and ours beside them.
///
/// One connection, and further ones for reads side by side; each `write` is one immediate transaction. The calls block,
/// so they belong on a thread of their own or must be short.
package final class Catalog: Sendable {
    /// Absolute.
    package let path: String
    package let mode: CatalogMode
    package let clock: WallClock
    private let queue: DatabaseQueue
    private let address: String
    private let configuration: Configuration
    /// Connections that nobody reads from now.
    private let idle: Mutex<[DatabaseQueue]>

    /// - Parameter busySeconds: how long a call waits for another process before it throws `CatalogError.locked`.
    package init(
        path: String, mode: CatalogMode, clock: WallClock = .system, busySeconds: Double = 10,
        failpoint: Failpoint? = nil
    ) throws(CatalogError) {
        self.path = path
        self.mode = mode
        self.clock = clock
        let file = CatalogFile(path: path, failpoint: failpoint)
        let address = try file.prepare(mode)
        let isReadOnly = mode == .readOnly
        let configuration = Self.configuration(isReadOnly, busySeconds)
        let queue = try Self.described(path) {
            let queue = try DatabaseQueue(path: address, configuration: configuration)
            let isComplete = try queue.read { try Self.hasOurTables($0, path) }
            if !isComplete, !isReadOnly { try Self.migrate(queue, path) }
            return queue
        }
        self.queue = queue
        self.address = address
        self.configuration = configuration
        idle = Mutex([queue])
        file.register()
    }

    deinit { CatalogFile(path: path).unregister() }

    // MARK: Using it

    /// Reads one state of the catalog.
    /// - Throws: `CatalogError`, or what `body` throws.
    package func read<T: Sendable>(_ body: (CatalogReader) throws -> T) throws -> T {
        try Self.translated(path) { try read(from: queue, body) }
    }

    /// `read` for what several threads ask at the same time: each gets a connection of its own, which is kept.
    /// - Throws: `CatalogError`, or what `body` throws.
    package func readBeside<T: Sendable>(_ body: (CatalogReader) throws -> T) throws -> T {
        try Self.translated(path) {
            let connection =
                try idle.withLock { $0.popLast() } ?? DatabaseQueue(path: address, configuration: configuration)
            defer { idle.withLock { $0.append(connection) } }
            return try read(from: connection, body)
        }
    }

    /// In one deferred transaction. The reader has no call that changes anything, so SQLite need not be told to refuse
    /// them, as GRDB's own `read` does each time: it would then compile every statement anew.
    private func read<T>(from connection: DatabaseQueue, _ body: (CatalogReader) throws -> T) throws -> T {
        try connection.unsafeRead { try read($0, body) }
    }

    private func read<T>(_ database: Database, _ body: (CatalogReader) throws -> T) throws -> T {
        try database.beginTransaction(.deferred)
        do {
            let value = try body(CatalogReader(database, clock, ahead: FetchedRows()))
            try database.commit()
            return value
        } catch {
            try? database.rollback()
            throw error
        }
    }

    /// Changes the catalog in one transaction, which is rolled back where `body` throws.
    /// - Throws: `CatalogError`, or what `body` throws.
    @discardableResult
    package func write<T: Sendable>(_ body: (CatalogWriter) throws -> T) throws -> T {
        try refuseReadOnly()
        return try Self.translated(path) { try queue.write { try body(CatalogWriter($0, clock)) } }
    }

    /// `read` without blocking the caller's thread.
    package func readAsync<T: Sendable>(_ body: @escaping @Sendable (CatalogReader) throws -> T) async throws -> T {
        do {
            return try await queue.unsafeRead { [self] in try read($0, body) }
        } catch {
            throw Self.translated(error, path)
        }
    }

    /// `write` without blocking the caller's thread.
    @discardableResult
    package func writeAsync<T: Sendable>(_ body: @escaping @Sendable (CatalogWriter) throws -> T) async throws -> T {
        try refuseReadOnly()
        let clock = clock
        do {
            return try await queue.write { try body(CatalogWriter($0, clock)) }
        } catch {
            throw Self.translated(error, path)
        }
    }

    /// Tables that only stand in for missing ones would take what is written, and forget it.
    private func refuseReadOnly() throws(CatalogError) {
        if mode == .readOnly { throw .unusable(path: path, words: "it was opened for reading") }
    }

    // MARK: Opening

    private static func configuration(_ isReadOnly: Bool, _ busySeconds: Double) -> Configuration {
        var configuration = Configuration()
        configuration.label = "tipin.catalog"
        configuration.readonly = isReadOnly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { database in
            // The schema is trusted: SQLite before 3.41 counts its JSON functions among those that a schema may not use
            // otherwise, and apps use them in indexes, checks and triggers. None that has side effects is there: no
            // extension is loaded, and what may only be called directly stays refused.
            try database.execute(sql: "PRAGMA trusted_schema = ON; PRAGMA cell_size_check = ON")
            if isReadOnly {
                try CatalogSchema.standIn(database)
            } else {
                try chooseJournal(database)
            }
        }
        return configuration
    }

    /// SQLite before 3.51.3 can lose data when a WAL is reset, so we keep a rollback journal; a file that an app keeps
    /// in WAL mode stays in it.
    private static func chooseJournal(_ database: Database) throws {
        if try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" {
            try database.execute(sql: "PRAGMA synchronous = FULL")
        } else {
            // EXTRA syncs the folder after the journal is gone: a commit is durable when it returns.
            try database.execute(sql: "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA")
        }
    }

    /// Whether all migrations are done.
    /// - Throws: `CatalogError.newer` where there are some that this version does not know.
    private static func hasOurTables(_ database: Database, _ path: String) throws -> Bool {
        // Reading anything holds this state of the file: another process's migration is seen whole or not at all.
        _ = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_master")
        let known = CatalogSchema.migrator.migrations
        let applied = try CatalogSchema.migrator.appliedIdentifiers(database)
        let unknown = applied.filter { $0.hasPrefix(CatalogSchema.migrationPrefix) && !known.contains($0) }
        guard unknown.isEmpty else { throw CatalogError.newer(path: path, migrations: unknown.sorted()) }
        return applied.isSuperset(of: known)
    }

    /// Another process may be at the same migration: whoever comes second fails on its name, and finds it done.
    private static func migrate(_ queue: DatabaseQueue, _ path: String) throws {
        // The two may meet again at each of the migrations that are left.
        var meetings = CatalogSchema.migrator.migrations.count
        while true {
            do {
                return try CatalogSchema.migrator.migrate(queue)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                meetings -= 1
                if try queue.read({ try hasOurTables($0, path) }) { return }
                guard meetings > 0 else { throw error }
            }
        }
    }

    private static func described<T>(_ path: String, _ body: () throws -> T) throws(CatalogError) -> T {
        do {
            return try body()
        } catch {
            throw translated(error, path) as? CatalogError
                ?? .unusable(path: path, words: String(describing: error))
        }
    }

    private static func translated<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw translated(error, path) }
    }

    /// SQLite's errors in our words; what reads and writes does not know the file, so its place is told here.
    private static func translated(_ error: any Error, _ path: String) -> any Error {
        switch error {
        case let error as DatabaseError: CatalogError(error, path: path)
        case CatalogError.damaged(path: "", let words): CatalogError.damaged(path: path, words: words)
        default: error
        }
    }
}
