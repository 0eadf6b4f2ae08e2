-- Tokens that are good for one use, and objects that are to be removed.
CREATE TABLE used_tokens (jti TEXT NOT NULL PRIMARY KEY, expires_at BIGINT NOT NULL);
CREATE INDEX used_tokens_by_expiry ON used_tokens (expires_at);
CREATE TABLE gc_queue (r2_key TEXT NOT NULL PRIMARY KEY, attempts BIGINT NOT NULL DEFAULT 0, not_before BIGINT NOT NULL);
