-- Protection (P1.4, G8): what owners are told, which rules watch, and the countries a person is at home in.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  user_id TEXT,
  user_name TEXT,
  key_id TEXT,
  key_name TEXT,
  ip TEXT,
  country TEXT,
  user_agent TEXT,
  facts TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  read_at INTEGER,
  read_by TEXT
) STRICT;
CREATE INDEX alerts_unread ON alerts (at) WHERE read_at IS NULL;
CREATE INDEX alerts_at ON alerts (at, id);
-- "Has this been told already?" is asked before every alert.
CREATE INDEX alerts_told ON alerts (kind, user_id, at);

-- One row: what the owners decided. An empty object leaves every rule at its default.
CREATE TABLE protection_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  rules TEXT NOT NULL,
  owner_allowlist TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at INTEGER,
  updated_by TEXT
) STRICT;
INSERT INTO protection_settings (id, rules, owner_allowlist, version) VALUES (1, '{}', '[]', 1);

CREATE TABLE user_countries (
  user_id TEXT NOT NULL REFERENCES users (id),
  country TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  PRIMARY KEY (user_id, country)
) STRICT, WITHOUT ROWID;
-- Where people are signed in from today is where they are at home.
INSERT INTO user_countries (user_id, country, first_seen_at, last_seen_at, confirmed_at)
SELECT user_id, country, min(created_at), max(last_seen_at), min(created_at)
FROM sessions WHERE country IS NOT NULL GROUP BY user_id, country;
