-- What of the sealed log was copied to the archive bucket (one row an object). Append-only like what they are copies of.
CREATE TABLE audit_archives (
  to_seal INTEGER PRIMARY KEY,
  from_seal INTEGER NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_archives_no_update BEFORE UPDATE ON audit_archives
BEGIN
  SELECT RAISE(ABORT, 'audit_archives is append-only');
END;

CREATE TRIGGER audit_archives_no_delete BEFORE DELETE ON audit_archives
BEGIN
  SELECT RAISE(ABORT, 'audit_archives is append-only');
END;

CREATE TRIGGER audit_archives_no_replace BEFORE INSERT ON audit_archives
WHEN EXISTS (SELECT 1 FROM audit_archives WHERE to_seal = NEW.to_seal)
BEGIN
  SELECT RAISE(ABORT, 'audit_archives is append-only');
END;
