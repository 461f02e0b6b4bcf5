-- Passwords with one-time codes: a second way in, off until an owner allows it (DESIGN §5).
CREATE TABLE passwords (
  user_id TEXT PRIMARY KEY REFERENCES users (id),
  hash TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE TABLE totp_secrets (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  ciphertext TEXT NOT NULL,
  salt TEXT NOT NULL,
  iv TEXT NOT NULL,
  key_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL DEFAULT 0,
  last_used_at INTEGER
) STRICT;
-- One that counts and one that waits for its first code.
CREATE UNIQUE INDEX totp_secrets_one ON totp_secrets (user_id, (confirmed_at IS NULL));

-- No row: passkeys only.
CREATE TABLE sign_in_policy (
  id TEXT PRIMARY KEY CHECK (id = 'instance'),
  passwords TEXT NOT NULL CHECK (passwords IN ('off', 'allowed')),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sign_in_exceptions (
  user_id TEXT PRIMARY KEY REFERENCES users (id),
  passwords TEXT NOT NULL CHECK (passwords IN ('off', 'allowed')),
  updated_at INTEGER NOT NULL
) STRICT;

ALTER TABLE sessions ADD COLUMN opened_by TEXT NOT NULL DEFAULT 'passkey'
  CHECK (opened_by IN ('passkey', 'recovery_code', 'password'));
UPDATE sessions SET opened_by = 'recovery_code' WHERE verified_at = 0;
