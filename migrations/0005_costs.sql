-- Daily snapshots of the provider's prices and of what the fleet costs at them (P6).
CREATE TABLE price_snapshots (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  day TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  currency TEXT NOT NULL,
  vat_rate TEXT NOT NULL,
  digest TEXT NOT NULL,
  prices TEXT NOT NULL,
  PRIMARY KEY (account_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE cost_snapshots (
  day TEXT NOT NULL,
  server_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  project TEXT,
  environment TEXT,
  location TEXT NOT NULL,
  status TEXT NOT NULL,
  currency TEXT NOT NULL,
  monthly_net TEXT NOT NULL,
  month_to_date_net TEXT NOT NULL,
  PRIMARY KEY (day, server_id)
) STRICT, WITHOUT ROWID;
