-- What a person may do, or may not, on some things only (DESIGN §6), and when each permission was last used.
CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
  permissions TEXT NOT NULL,
  scope TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER
) STRICT;
CREATE INDEX grants_user ON grants (user_id);

CREATE TABLE permission_uses (
  user_id TEXT NOT NULL REFERENCES users (id),
  permission TEXT NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, permission)
) STRICT, WITHOUT ROWID;
