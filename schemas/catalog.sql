-- The tables of tipin's catalog (SQLite). The first two are the app's (PRD 5.1); ours begin with tipin_ and have no
-- foreign keys to them, so that an app may replace or remove its rows freely.
-- Times named ..._at are ISO 8601 in UTC; ..._until, next_attempt and last_access are milliseconds since 1970.

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

CREATE INDEX IF NOT EXISTS idx_file_assets_status ON file_assets(status);
CREATE INDEX IF NOT EXISTS idx_links_entity ON file_asset_links(entity_type, entity_id);

CREATE TABLE IF NOT EXISTS tipin_asset_facts (
  asset_id TEXT PRIMARY KEY NOT NULL,
  frames INTEGER CHECK (frames > 0),
  has_alpha INTEGER CHECK (has_alpha IN (0, 1)),
  has_position INTEGER NOT NULL CHECK (has_position IN (0, 1))
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_sources (
  source_sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(source_sha256) = 64),
  asset_id TEXT NOT NULL,
  metadata_rule TEXT NOT NULL CHECK (metadata_rule IN ('keep', 'strip-gps', 'strip-all')),
  stripper_version INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_source_urls (
  url TEXT PRIMARY KEY NOT NULL,
  asset_id TEXT,
  failure TEXT,
  failure_code TEXT,
  is_transient INTEGER NOT NULL DEFAULT 0 CHECK (is_transient IN (0, 1)),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  tried_at TEXT NOT NULL,
  CHECK ((asset_id IS NULL) <> (failure IS NULL))
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_asset_ids (
  book_id TEXT NOT NULL,
  document TEXT NOT NULL,
  id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (book_id, document, id)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_books (
  asset_id TEXT NOT NULL,
  book_id TEXT NOT NULL,
  is_owner INTEGER NOT NULL CHECK (is_owner IN (0, 1)),
  path TEXT, -- relative to the data folder
  created_at TEXT NOT NULL,
  PRIMARY KEY (asset_id, book_id)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_uploads (
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
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_downloads (
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
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_links (
  link_id TEXT NOT NULL,
  book_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (link_id, book_id, kind, document)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_access (
  asset_id TEXT PRIMARY KEY NOT NULL,
  last_access INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_evicted (
  asset_id TEXT PRIMARY KEY NOT NULL,
  evicted_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_store (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_plans (
  plan TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (plan, asset_id)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_replacements (
  old_sha256 TEXT NOT NULL CHECK (length(old_sha256) = 64),
  book_id TEXT NOT NULL, -- empty for every book
  old_asset_id TEXT NOT NULL,
  new_asset_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('replace', 'restrip')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (old_sha256, book_id)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_thumbnails (
  asset_id TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  ext TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  created_at TEXT NOT NULL,
  PRIMARY KEY (asset_id, size)
) STRICT;

CREATE TABLE IF NOT EXISTS tipin_counters (
  event TEXT PRIMARY KEY NOT NULL,
  count INTEGER NOT NULL,
  last_at TEXT NOT NULL
) STRICT;

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
CREATE INDEX IF NOT EXISTS tipin_uploads_waiting
  ON tipin_uploads(remote, coalesce(next_attempt, 0), created_at, asset_id, book_id)
  WHERE status = 'pending_upload';
CREATE INDEX IF NOT EXISTS tipin_file_asset_links_order
  ON file_asset_links(entity_type, entity_id, role, sort_order);
