-- Requests, and the decisions on what they would do.
CREATE TABLE draft (
    id         TEXT PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES person (id),
    workflow   TEXT    NOT NULL,
    request    INTEGER,                               -- set: a resubmission of that request
    answers    BLOB    NOT NULL,                      -- sealed JSON: field -> raw answer
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE request (
    id              INTEGER PRIMARY KEY,
    workflow        TEXT    NOT NULL,
    workflow_digest TEXT    NOT NULL,
    requester       INTEGER NOT NULL REFERENCES person (id),
    channel         TEXT    NOT NULL,
    subject         TEXT    NOT NULL,                 -- what it is about: the name of the first record
    state           TEXT    NOT NULL CHECK (state IN ('pending', 'approved', 'done', 'failed', 'rejected', 'cancelled', 'expired')),
    version         INTEGER NOT NULL DEFAULT 1,
    stack           INTEGER REFERENCES stack (id),
    run             INTEGER REFERENCES run (id),
    idempotency_key TEXT    NOT NULL UNIQUE,
    detail          TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX request_requester ON request (requester, state);

CREATE TABLE request_input (
    request INTEGER NOT NULL REFERENCES request (id),
    name    TEXT    NOT NULL,                         -- the form's field
    value   TEXT    CHECK (json_valid(value)),        -- NULL when sensitive
    sealed  BLOB,                                     -- the value, when sensitive
    PRIMARY KEY (request, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,                      -- the kind of effect: plan, ...
    subject    TEXT    NOT NULL,                      -- RUN-17
    digest     TEXT    NOT NULL,                      -- of exactly what is decided on
    requester  INTEGER NOT NULL REFERENCES person (id),
    stages     TEXT    NOT NULL CHECK (json_valid(stages)),
    stage      INTEGER NOT NULL DEFAULT 0,            -- the stage that is open, from 0
    state      TEXT    NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'cancelled', 'expired', 'superseded')),
    version    INTEGER NOT NULL DEFAULT 1,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    ended_by   TEXT,                                  -- an actor
    reason     TEXT
) STRICT;
CREATE INDEX proposal_subject ON proposal (kind, subject, id);

CREATE TABLE decision (
    id       INTEGER PRIMARY KEY,
    proposal INTEGER NOT NULL REFERENCES proposal (id),
    stage    INTEGER NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    verdict  TEXT    NOT NULL CHECK (verdict IN ('approve', 'reject')),
    reason   TEXT,
    digest   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    UNIQUE (proposal, person)                         -- one person signs once, in one stage
) STRICT;
