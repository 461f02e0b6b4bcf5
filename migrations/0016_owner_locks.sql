-- Servers that nobody may delete, rebuild or resize until an owner says so (DESIGN §6).
CREATE TABLE owner_locks (
  server_id TEXT PRIMARY KEY REFERENCES servers (id),
  reason TEXT,
  locked_at INTEGER NOT NULL,
  locked_by TEXT NOT NULL REFERENCES users (id)
) STRICT, WITHOUT ROWID;
