-- API keys (DESIGN §5): what lets a tool act for a person, and less than the person. Only a hash of the secret is kept.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  hint TEXT NOT NULL,
  permissions TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_array_length(scopes) > 0),
  ip_allowlist TEXT NOT NULL,
  step_up TEXT NOT NULL CHECK (step_up IN ('never', 'destructive')),
  account_id TEXT,
  hourly_budget INTEGER,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  last_ip TEXT,
  use_count INTEGER NOT NULL DEFAULT 0,
  refusal_count INTEGER NOT NULL DEFAULT 0,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_reason TEXT,
  replaced_by TEXT,
  overlap_until INTEGER
) STRICT;
CREATE INDEX api_keys_user ON api_keys (user_id, created_at);
CREATE INDEX api_keys_created ON api_keys (created_at);

-- Whatever way a statement takes to the table: what was revoked stays so, and no key ever gets another secret.
CREATE TRIGGER api_keys_revocation_is_final BEFORE UPDATE OF revoked_at ON api_keys
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN
  SELECT RAISE(ABORT, 'a revoked key stays revoked');
END;

CREATE TRIGGER api_keys_secret_is_final BEFORE UPDATE OF secret_hash, user_id ON api_keys
WHEN NEW.secret_hash IS NOT OLD.secret_hash OR NEW.user_id IS NOT OLD.user_id
BEGIN
  SELECT RAISE(ABORT, 'a key keeps its secret and its person');
END;

-- "Approve on my phone": one request of one key that waits for its person's passkey.
CREATE TABLE key_approvals (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  operation TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  action TEXT,
  target_type TEXT,
  target_id TEXT,
  target_name TEXT,
  ip TEXT,
  user_agent TEXT,
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  approved_at INTEGER,
  refused_at INTEGER,
  taken_at INTEGER
) STRICT;
CREATE INDEX key_approvals_key ON key_approvals (key_id, request_hash);
CREATE INDEX key_approvals_user ON key_approvals (user_id, requested_at);

-- Which key stood for the person.
ALTER TABLE audit_log ADD COLUMN key_id TEXT;
ALTER TABLE audit_log ADD COLUMN key_name TEXT;
CREATE INDEX audit_log_key ON audit_log (key_id, seq) WHERE key_id IS NOT NULL;
