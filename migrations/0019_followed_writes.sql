-- Owners may be told of what others do at the provider itself.
ALTER TABLE protection_settings ADD COLUMN tell_outside INTEGER NOT NULL DEFAULT 0 CHECK (tell_outside IN (0, 1));

-- What tools begin through the gateway is followed like what people begin here: also where no server is concerned, and
-- with every action that one answer tells of.
CREATE TABLE operations_next (
  id TEXT PRIMARY KEY,
  server_id TEXT REFERENCES servers (id),
  account_id TEXT NOT NULL REFERENCES accounts (id),
  action TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('started', 'running', 'succeeded', 'failed', 'unknown')),
  progress INTEGER NOT NULL,
  provider_action_id TEXT,
  error_code TEXT,
  error_message TEXT,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  request_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  next_poll_at INTEGER NOT NULL,
  deadline_at INTEGER NOT NULL,
  command TEXT,
  also_actions TEXT NOT NULL DEFAULT '[]'
) STRICT;
INSERT INTO operations_next (
  id, server_id, account_id, action, status, progress, provider_action_id, error_code, error_message, actor_kind,
  actor_id, actor_name, request_id, started_at, finished_at, next_poll_at, deadline_at
)
SELECT id, server_id, account_id, action, status, progress, provider_action_id, error_code, error_message, actor_kind,
  actor_id, actor_name, request_id, started_at, finished_at, next_poll_at, deadline_at
FROM operations;
DROP TABLE operations;
ALTER TABLE operations_next RENAME TO operations;
CREATE INDEX operations_server ON operations (server_id, started_at);
CREATE INDEX operations_open ON operations (account_id, next_poll_at) WHERE finished_at IS NULL;
CREATE INDEX operations_provider_action ON operations (provider_action_id);
