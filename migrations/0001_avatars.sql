-- For SQLite (D1) and PostgreSQL alike. Times are milliseconds since 1970; JSON is text.
CREATE TABLE avatars (
  avatar_id TEXT NOT NULL PRIMARY KEY,            -- random 128-bit, hex
  rev TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live','deleting')),
  type TEXT NOT NULL CHECK (type IN ('jpg','png','webp','gif')),
  side BIGINT NOT NULL CHECK (side BETWEEN 1 AND 2048),
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  sizes TEXT NOT NULL DEFAULT '[]',               -- JSON array of offered names
  rating TEXT NOT NULL DEFAULT 'g' CHECK (rating IN ('g','pg','r','x')),
  name TEXT, alt TEXT,
  version BIGINT NOT NULL DEFAULT 1,              -- +1 on every change
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
CREATE INDEX avatars_by_update ON avatars (updated_at DESC, avatar_id);
CREATE TABLE avatar_ids (
  hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) IN (32,40,64)),
  algo TEXT NOT NULL CHECK (algo IN ('md5','sha1','sha256')),
  avatar_id TEXT NOT NULL REFERENCES avatars (avatar_id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL);
CREATE INDEX avatar_ids_by_avatar ON avatar_ids (avatar_id);
CREATE TABLE avatar_revisions (
  avatar_id TEXT NOT NULL REFERENCES avatars (avatar_id) ON DELETE CASCADE,
  rev TEXT NOT NULL, master_key TEXT NOT NULL, source_key TEXT,
  source_w BIGINT NOT NULL, source_h BIGINT NOT NULL,
  crop_x BIGINT NOT NULL, crop_y BIGINT NOT NULL, crop_w BIGINT NOT NULL, crop_h BIGINT NOT NULL,
  created_at BIGINT NOT NULL, PRIMARY KEY (avatar_id, rev));
