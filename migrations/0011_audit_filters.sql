-- The activity list is ordered by time, and every filter of it has an index that ends in the time: a page reads what it
-- shows. Names are searched among the different ones (an index that starts with the name), not among all rows.
DROP INDEX audit_log_target;
DROP INDEX audit_log_actor;
DROP INDEX audit_log_action;
DROP INDEX audit_log_phase;
CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX audit_log_target ON audit_log (target_type, target_id, at);
CREATE INDEX audit_log_actor ON audit_log (actor_id, at);
CREATE INDEX audit_log_action ON audit_log (action, at);
CREATE INDEX audit_log_phase ON audit_log (phase, at);
CREATE INDEX audit_log_actor_name ON audit_log (actor_name, at);
CREATE INDEX audit_log_target_name ON audit_log (target_name, at);

-- Operations that have not ended: the few among all that began. Derived from the log, and only ever narrows a search in it.
CREATE TABLE audit_open (
  operation_id TEXT PRIMARY KEY,
  phase TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO audit_open (operation_id, phase)
SELECT operation_id, phase FROM audit_log AS latest
WHERE phase IN ('started', 'accepted')
  AND seq = (SELECT max(seq) FROM audit_log AS other WHERE other.operation_id = latest.operation_id);

CREATE TRIGGER audit_log_opens AFTER INSERT ON audit_log
WHEN NEW.phase IN ('started', 'accepted')
BEGIN
  INSERT INTO audit_open (operation_id, phase) VALUES (NEW.operation_id, NEW.phase)
  ON CONFLICT (operation_id) DO UPDATE SET phase = excluded.phase;
END;

CREATE TRIGGER audit_log_ends AFTER INSERT ON audit_log
WHEN NEW.phase NOT IN ('started', 'accepted')
BEGIN
  DELETE FROM audit_open WHERE operation_id = NEW.operation_id;
END;
