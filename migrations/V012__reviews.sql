-- Reviews of access: whether what people have standing access to is still needed, entity by entity.
ALTER TABLE lease ADD COLUMN confirmed_at INTEGER;  -- a grant: when somebody last said that it is still needed
ALTER TABLE lease ADD COLUMN confirmed_by TEXT;     -- the actor who said so

CREATE TABLE access_review (
    id        INTEGER PRIMARY KEY,
    entity    INTEGER NOT NULL REFERENCES entity (id),
    channel   TEXT    NOT NULL,                      -- where it is asked
    state     TEXT    NOT NULL CHECK (state IN ('open', 'done', 'overdue')),
    opened_at INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,                      -- what nobody confirmed by then is ended
    ended_at  INTEGER,
    shown     TEXT    NOT NULL DEFAULT '',           -- digest of what its message was last told to show
    version   INTEGER NOT NULL DEFAULT 1,
    CHECK (due_at > opened_at),
    CHECK ((state = 'open') = (ended_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX access_review_open ON access_review (entity) WHERE state = 'open';
