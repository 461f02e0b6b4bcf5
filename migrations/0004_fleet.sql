-- Connected projects, the mirror of their servers, what people add to them, and operations under way.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  token_ciphertext TEXT NOT NULL,
  token_salt TEXT NOT NULL,
  token_iv TEXT NOT NULL,
  token_key_version INTEGER NOT NULL,
  token_hint TEXT NOT NULL,
  token_fingerprint TEXT NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('unknown', 'read_write', 'read_only')),
  state TEXT NOT NULL,
  state_detail TEXT,
  state_since INTEGER NOT NULL,
  paused_at INTEGER,
  removed_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  sync_interval_ms INTEGER NOT NULL,
  next_sync_at INTEGER NOT NULL,
  last_sync_started_at INTEGER,
  last_sync_at INTEGER,
  last_sync_changed INTEGER,
  unchanged_passes INTEGER NOT NULL DEFAULT 0,
  lease_holder TEXT,
  lease_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX accounts_token ON accounts (token_fingerprint) WHERE removed_at IS NULL;

CREATE TABLE servers (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  provider_id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  type_name TEXT NOT NULL,
  architecture TEXT NOT NULL,
  cores INTEGER NOT NULL,
  memory_mb INTEGER NOT NULL,
  disk_gb INTEGER NOT NULL,
  location TEXT NOT NULL,
  country TEXT NOT NULL,
  image_name TEXT,
  ipv4 TEXT,
  ipv6 TEXT,
  private_ips TEXT NOT NULL,
  labels TEXT NOT NULL,
  backups INTEGER NOT NULL,
  locked INTEGER NOT NULL,
  delete_protected INTEGER NOT NULL,
  rescue INTEGER NOT NULL,
  type_deprecated_at INTEGER,
  included_traffic_bytes INTEGER,
  outgoing_traffic_bytes INTEGER,
  currency TEXT,
  hourly_net TEXT,
  monthly_net TEXT,
  digest TEXT NOT NULL,
  provider_created_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX servers_provider ON servers (account_id, provider_id);
CREATE INDEX servers_name ON servers (name, id) WHERE deleted_at IS NULL;

CREATE TABLE server_metadata (
  server_id TEXT PRIMARY KEY REFERENCES servers (id),
  display_name TEXT,
  tags TEXT NOT NULL,
  notes TEXT NOT NULL,
  project TEXT,
  environment TEXT,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (id),
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
  deadline_at INTEGER NOT NULL
) STRICT;
CREATE INDEX operations_server ON operations (server_id, started_at);
CREATE INDEX operations_open ON operations (account_id, next_poll_at) WHERE finished_at IS NULL;
CREATE INDEX operations_provider_action ON operations (provider_action_id);

CREATE TABLE seen_provider_actions (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_provider_actions_at ON seen_provider_actions (seen_at);
