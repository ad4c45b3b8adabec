-- Why a message could not be sent at once, so that it says so when it is late.
ALTER TABLE outbox ADD COLUMN delayed_by TEXT CHECK (delayed_by IN ('UNREACHABLE', 'LIMITED'));
