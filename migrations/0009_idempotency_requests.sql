-- Which request claimed a key: when its worker dies, the audit log tells whether that request began anything.
ALTER TABLE idempotency_keys ADD COLUMN request_id TEXT;
