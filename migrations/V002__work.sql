-- Work that was promised: jobs, messages to send, and what has been received already.
CREATE TABLE job (
    id         INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,               -- one waiting job a key: enqueuing again brings it forward
    kind       TEXT    NOT NULL,
    args       TEXT    NOT NULL CHECK (json_valid(args)),
    lane       TEXT    NOT NULL,                      -- which workers take it
    priority   INTEGER NOT NULL,                      -- lower first
    due_at     INTEGER NOT NULL,
    revision   INTEGER NOT NULL DEFAULT 1,            -- grows when enqueued again while it runs
    attempts   INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,                                  -- the process that runs it now
    claimed_at INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_due ON job (lane, claimed_by, due_at, priority);

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    key         TEXT    NOT NULL UNIQUE,              -- the logical message, e.g. request:42:card
    destination TEXT    NOT NULL,                     -- channel:NAME, person:ID, thread:KEY
    view        TEXT    NOT NULL,                     -- which view renders it, when it is sent
    args        TEXT    NOT NULL CHECK (json_valid(args)),
    priority    INTEGER NOT NULL,                     -- lower first
    revision    INTEGER NOT NULL DEFAULT 1,           -- grows with every put: edits coalesce
    state       TEXT    NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'undeliverable')),
    due_at      INTEGER NOT NULL,
    uncertain   INTEGER NOT NULL DEFAULT 0,           -- 1: a post was begun and its answer is not known
    attempts    INTEGER NOT NULL DEFAULT 0,
    last_error  TEXT,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (state, priority, due_at);

CREATE TABLE slack_message (
    key       TEXT PRIMARY KEY,
    channel   TEXT    NOT NULL,
    ts        TEXT    NOT NULL,
    digest    TEXT    NOT NULL,                       -- of what was last sent: an equal edit is not sent
    posted_at INTEGER NOT NULL,
    edited_at INTEGER
) STRICT;

CREATE TABLE processed_event (
    id          TEXT PRIMARY KEY,                     -- event:EV..., trigger:...
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX processed_event_age ON processed_event (received_at);
