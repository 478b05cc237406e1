extension CatalogSchema {
    /// A table of our own: its name and what follows `CREATE TABLE`.
    struct OwnTable: Sendable {
        let name: String
        let sql: String

        init(_ name: String, _ columns: String) {
            self.name = name
            sql = "\(name) (\n\(columns)\n) STRICT"
        }
    }

    /// Times named `…_at` are ISO 8601 in UTC, `…_until`, `next_attempt` and `last_access` milliseconds since 1970.
    static let ownTables: [OwnTable] = [
        OwnTable(
            "tipin_asset_facts",
            """
              asset_id TEXT PRIMARY KEY NOT NULL,
              frames INTEGER CHECK (frames > 0),
              has_alpha INTEGER CHECK (has_alpha IN (0, 1)),
              has_position INTEGER NOT NULL CHECK (has_position IN (0, 1))
            """),
        OwnTable(
            "tipin_sources",
            """
              source_sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(source_sha256) = 64),
              asset_id TEXT NOT NULL,
              metadata_rule TEXT NOT NULL CHECK (metadata_rule IN ('keep', 'strip-gps', 'strip-all')),
              stripper_version INTEGER NOT NULL,
              created_at TEXT NOT NULL
            """),
        OwnTable(
            "tipin_source_urls",
            """
              url TEXT PRIMARY KEY NOT NULL,
              asset_id TEXT,
              failure TEXT,
              failure_code TEXT,
              is_transient INTEGER NOT NULL DEFAULT 0 CHECK (is_transient IN (0, 1)),
              attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
              tried_at TEXT NOT NULL,
              CHECK ((asset_id IS NULL) <> (failure IS NULL))
            """),
        OwnTable(
            "tipin_asset_ids",
            """
              book_id TEXT NOT NULL,
              document TEXT NOT NULL,
              id TEXT NOT NULL,
              asset_id TEXT NOT NULL,
              created_at TEXT NOT NULL,
              PRIMARY KEY (book_id, document, id)
            """),
        OwnTable(
            "tipin_books",
            """
              asset_id TEXT NOT NULL,
              book_id TEXT NOT NULL,
              is_owner INTEGER NOT NULL CHECK (is_owner IN (0, 1)),
              path TEXT, -- relative to the data folder
              created_at TEXT NOT NULL,
              PRIMARY KEY (asset_id, book_id)
            """),
        OwnTable(
            "tipin_uploads",
            """
              asset_id TEXT NOT NULL,
              book_id TEXT NOT NULL,
              remote TEXT NOT NULL,
              remote_id TEXT,
              remote_url TEXT,
              status TEXT NOT NULL CHECK (status IN ('pending_upload', 'uploaded', 'failed')),
              attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
              next_attempt INTEGER,
              last_error TEXT,
              error_code TEXT,
              is_transient INTEGER NOT NULL DEFAULT 0 CHECK (is_transient IN (0, 1)),
              lease_token TEXT,
              lease_until INTEGER,
              lease_owner TEXT,
              created_at TEXT NOT NULL,
              updated_at TEXT NOT NULL,
              PRIMARY KEY (asset_id, book_id, remote),
              CHECK (status <> 'failed' OR last_error IS NOT NULL),
              CHECK (status <> 'uploaded' OR remote_url IS NOT NULL OR remote_id IS NOT NULL),
              CHECK ((lease_token IS NULL) = (lease_until IS NULL))
            """),
        OwnTable(
            "tipin_downloads",
            """
              sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
              book_id TEXT NOT NULL,
              remote_url TEXT,
              asset_id TEXT,
              remote_id TEXT,
              mime TEXT,
              width INTEGER,
              height INTEGER,
              created_at TEXT NOT NULL,
              PRIMARY KEY (sha256, book_id)
            """),
        OwnTable(
            "tipin_links",
            """
              link_id TEXT NOT NULL,
              book_id TEXT NOT NULL,
              kind TEXT NOT NULL,
              document TEXT NOT NULL,
              PRIMARY KEY (link_id, book_id, kind, document)
            """),
        OwnTable(
            "tipin_access",
            """
              asset_id TEXT PRIMARY KEY NOT NULL,
              last_access INTEGER NOT NULL
            """),
        OwnTable(
            "tipin_evicted",
            """
              asset_id TEXT PRIMARY KEY NOT NULL,
              evicted_at TEXT NOT NULL
            """),
        OwnTable(
            "tipin_store",
            """
              name TEXT PRIMARY KEY NOT NULL,
              value TEXT NOT NULL
            """),
        OwnTable(
            "tipin_plans",
            """
              plan TEXT NOT NULL,
              asset_id TEXT NOT NULL,
              created_at TEXT NOT NULL,
              PRIMARY KEY (plan, asset_id)
            """),
        OwnTable(
            "tipin_replacements",
            """
              old_sha256 TEXT NOT NULL CHECK (length(old_sha256) = 64),
              book_id TEXT NOT NULL, -- empty for every book
              old_asset_id TEXT NOT NULL,
              new_asset_id TEXT NOT NULL,
              reason TEXT NOT NULL CHECK (reason IN ('replace', 'restrip')),
              created_at TEXT NOT NULL,
              PRIMARY KEY (old_sha256, book_id)
            """),
        OwnTable(
            "tipin_thumbnails",
            """
              asset_id TEXT NOT NULL,
              size INTEGER NOT NULL CHECK (size > 0),
              ext TEXT NOT NULL,
              width INTEGER NOT NULL CHECK (width > 0),
              height INTEGER NOT NULL CHECK (height > 0),
              sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
              created_at TEXT NOT NULL,
              PRIMARY KEY (asset_id, size)
            """),
        OwnTable(
            "tipin_counters",
            """
              event TEXT PRIMARY KEY NOT NULL,
              count INTEGER NOT NULL,
              last_at TEXT NOT NULL
            """),
    ]
}
