-- A row can never be stored here: inserting one aborts the batch it stands in. That turns "the conditional UPDATE
-- before me changed nothing" into a failure of the whole batch, audit row included (worker/db/expect-changed.ts).
CREATE TABLE assertions (
  failed INTEGER NOT NULL CHECK (failed IS NULL)
) STRICT;
