internal import GRDB

/// The tables of the catalog.
///
/// Ours have no foreign keys to the app's two tables: an app that replaces a row (`INSERT OR REPLACE`) would wipe, by a
/// cascade, what is known of its uploads, and without a cascade it could not delete any. Readers join instead.
enum CatalogSchema {
    /// Ours begin with this; whatever else stands in `grdb_migrations` belongs to the app.
    static let migrationPrefix = "tipin-"

    /// By name, in order, never edited once released. Foreign keys of the app's own tables are not checked by us.
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("tipin-1", foreignKeyChecks: .immediate) { database in
            for sql in [assetsTable, linksTable, appIndexes] { try database.execute(sql: sql) }
            for table in ownTables { try database.execute(sql: "CREATE TABLE IF NOT EXISTS \(table.sql)") }
            try database.execute(sql: ownIndexes)
        }
        migrator.registerMigration("tipin-2", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: orderedIndexes)
        }
        return migrator
    }()

    /// Makes the tables that a file opened for reading lacks, in memory, where they are empty.
    static func standIn(_ database: Database) throws {
        let present = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        for (name, sql) in [("file_assets", assetsTable), ("file_asset_links", linksTable)]
        where !present.contains(name) {
            try database.execute(sql: sql.replacing("CREATE TABLE IF NOT EXISTS", with: "CREATE TEMP TABLE"))
        }
        for table in ownTables where !present.contains(table.name) {
            try database.execute(sql: "CREATE TEMP TABLE \(table.sql)")
        }
    }

    /// PRD 5.1, word for word.
    static let assetsTable = """
        -- Physical assets (one row per unique (sha256, bytes))
        CREATE TABLE IF NOT EXISTS file_assets (
          id TEXT PRIMARY KEY,             -- uuid/nanoid
          sha256 TEXT NOT NULL,            -- dedupe key
          ext TEXT NOT NULL,               -- 'jpg','png','webp','gif','pdf', ...
          mime TEXT NOT NULL,              -- 'image/jpeg', ...
          size_bytes INTEGER NOT NULL,
          width INTEGER,                   -- images only (nullable)
          height INTEGER,                  -- images only (nullable)
          local_path TEXT,                 -- absolute path in appLocalDataDir (nullable if not cached yet)
          remote_id TEXT,                  -- BE id
          remote_url TEXT,                 -- canonical URL to serve
          status TEXT NOT NULL,            -- 'local_only' | 'pending_upload' | 'uploaded' | 'failed'
          created_at TEXT NOT NULL,
          updated_at TEXT NOT NULL,
          UNIQUE(sha256)                   -- dedupe
        );
        """

    /// PRD 5.1, word for word.
    static let linksTable = """
        -- Link assets to domain entities (many-to-many)
        CREATE TABLE IF NOT EXISTS file_asset_links (
          id TEXT PRIMARY KEY,
          asset_id TEXT NOT NULL,
          entity_type TEXT NOT NULL,       -- 'book' | 'character' | 'world' | 'location' | 'object' | 'chapter' | 'divider'
          entity_id TEXT NOT NULL,         -- e.g., bookId, characterId...
          role TEXT NOT NULL,              -- 'cover' | 'avatar' | 'gallery' | 'divider' | 'attachment' | 'map' | 'lore' | ...
          sort_order INTEGER DEFAULT 0,
          tags TEXT,                       -- JSON array of string tags (optional)
          description TEXT,
          created_at TEXT NOT NULL,
          updated_at TEXT NOT NULL,
          UNIQUE(asset_id, entity_type, entity_id, role)
        );
        """

    /// PRD 5.1, word for word.
    static let appIndexes = """
        CREATE INDEX IF NOT EXISTS idx_file_assets_status ON file_assets(status);
        CREATE INDEX IF NOT EXISTS idx_links_entity ON file_asset_links(entity_type, entity_id);
        """

    /// One for each lookup of the reader that a primary key does not serve.
    static let ownIndexes = """
        CREATE INDEX IF NOT EXISTS tipin_file_assets_remote_url ON file_assets(remote_url);
        CREATE INDEX IF NOT EXISTS tipin_sources_asset ON tipin_sources(asset_id);
        CREATE INDEX IF NOT EXISTS tipin_source_urls_asset ON tipin_source_urls(asset_id);
        CREATE INDEX IF NOT EXISTS tipin_asset_ids_asset ON tipin_asset_ids(asset_id);
        CREATE INDEX IF NOT EXISTS tipin_books_book ON tipin_books(book_id);
        CREATE UNIQUE INDEX IF NOT EXISTS tipin_books_owner ON tipin_books(asset_id) WHERE is_owner = 1;
        CREATE INDEX IF NOT EXISTS tipin_uploads_due ON tipin_uploads(remote, status, book_id);
        CREATE INDEX IF NOT EXISTS tipin_uploads_url ON tipin_uploads(remote_url);
        CREATE INDEX IF NOT EXISTS tipin_downloads_book ON tipin_downloads(book_id);
        CREATE INDEX IF NOT EXISTS tipin_links_document ON tipin_links(book_id, kind, document);
        CREATE INDEX IF NOT EXISTS tipin_access_last ON tipin_access(last_access);
        CREATE INDEX IF NOT EXISTS tipin_plans_asset ON tipin_plans(asset_id);
        CREATE INDEX IF NOT EXISTS tipin_replacements_new ON tipin_replacements(new_asset_id);
        """

    /// Each has its rows in the order in which they are asked for, so that the first of many costs no more than of few.
    static let orderedIndexes = """
        CREATE INDEX IF NOT EXISTS tipin_uploads_waiting
          ON tipin_uploads(remote, coalesce(next_attempt, 0), created_at, asset_id, book_id)
          WHERE status = 'pending_upload';
        CREATE INDEX IF NOT EXISTS tipin_file_asset_links_order
          ON file_asset_links(entity_type, entity_id, role, sort_order);
        """
}
