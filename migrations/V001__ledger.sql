-- The ledger: append-only and hash-chained. Nothing here is ever updated or deleted; the triggers refuse it.
CREATE TABLE ledger (
    seq       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,                       -- UTC epoch milliseconds
    actor     TEXT    NOT NULL,
    action    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    facts     TEXT    NOT NULL CHECK (json_valid(facts)),
    prev_hash TEXT    NOT NULL,
    hash      TEXT    NOT NULL UNIQUE
) STRICT;
CREATE INDEX ledger_subject ON ledger (subject, seq);

CREATE TRIGGER ledger_refuses_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never updated'); END;

CREATE TRIGGER ledger_refuses_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never deleted'); END;

-- Also refuses INSERT OR REPLACE, which would delete without firing the trigger above.
CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
  OR NEW.prev_hash <> coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an entry follows the last one and names its hash'); END;

-- Facts about this installation: the encryption key's id and check value, the home's id.
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
