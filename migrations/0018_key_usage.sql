-- What API keys are used for. Calls and refusals by day come in batches from the object that limits the key; which operation
-- was last of use, and under which permission, is known to the day.
CREATE TABLE key_usage (
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  day INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_operations (
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  operation TEXT NOT NULL,
  permission TEXT NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (key_id, operation, permission)
) STRICT, WITHOUT ROWID;
