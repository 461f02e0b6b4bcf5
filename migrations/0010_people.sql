-- Governance (G): what a person may do beyond or short of their role, and invitations.
ALTER TABLE users ADD COLUMN permissions TEXT NOT NULL DEFAULT '[]';

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  email TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('OWNER', 'ADMIN', 'USER', 'VIEWER')),
  token_hash TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX invitations_user ON invitations (user_id);

-- A ban is final, whatever way a statement takes to the table.
CREATE TRIGGER users_ban_is_final BEFORE UPDATE OF status ON users
WHEN OLD.status = 'BANNED' AND NEW.status <> 'BANNED'
BEGIN
  SELECT RAISE(ABORT, 'a ban is final');
END;

CREATE TRIGGER users_banned_keep_their_address BEFORE UPDATE OF email ON users
WHEN OLD.status = 'BANNED' AND NEW.email <> OLD.email
BEGIN
  SELECT RAISE(ABORT, 'a ban is final');
END;

CREATE TRIGGER users_banned_stay BEFORE DELETE ON users
WHEN OLD.status = 'BANNED'
BEGIN
  SELECT RAISE(ABORT, 'a ban is final');
END;

CREATE TRIGGER passkeys_of_banned_stay BEFORE DELETE ON passkeys
WHEN EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id AND status = 'BANNED')
BEGIN
  SELECT RAISE(ABORT, 'a ban is final');
END;
