-- On call. Rotations are settings; here is what people change about them, who was told, and whom Steward paged.
CREATE TABLE rotation_override (
    id         INTEGER PRIMARY KEY,
    team       INTEGER NOT NULL REFERENCES team (id),
    layer      TEXT    NOT NULL,
    person     INTEGER NOT NULL REFERENCES person (id),   -- who is on call instead
    covers     INTEGER REFERENCES person (id),            -- who was to be, when it was asked for; NULL: nobody
    from_at    INTEGER NOT NULL,
    to_at      INTEGER NOT NULL CHECK (to_at > from_at),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    state      TEXT    NOT NULL CHECK (state IN ('proposed', 'active', 'declined', 'cancelled')),
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX rotation_override_time ON rotation_override (team, layer, to_at) WHERE state = 'active';

CREATE TABLE page (
    id         INTEGER PRIMARY KEY,
    team       INTEGER NOT NULL REFERENCES team (id),
    subject    TEXT    NOT NULL,                          -- what it is about: INC-7, or free text
    title      TEXT    NOT NULL,
    channel    TEXT,                                      -- where people are mentioned; NULL: nowhere is one known
    asked_by   INTEGER REFERENCES person (id),            -- NULL: Steward itself
    state      TEXT    NOT NULL CHECK (state IN ('open', 'acked', 'exhausted', 'withdrawn')),
    round      INTEGER NOT NULL,                          -- from 1
    layer      INTEGER NOT NULL,                          -- place of the layer paged last, from 0
    next_at    INTEGER,                                   -- when the next is paged; NULL unless open
    acked_by   INTEGER REFERENCES person (id),
    acked_at   INTEGER,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'open') = (next_at IS NOT NULL)),
    CHECK ((state = 'acked') = (acked_by IS NOT NULL)),
    CHECK ((acked_by IS NULL) = (acked_at IS NULL))
) STRICT;
CREATE INDEX page_open ON page (next_at) WHERE state = 'open';
CREATE INDEX page_subject ON page (subject, state);

-- Each step of a page: somebody, the whole team, or a layer that nobody was on.
CREATE TABLE page_step (
    id         INTEGER PRIMARY KEY,
    page       INTEGER NOT NULL REFERENCES page (id),
    round      INTEGER NOT NULL,
    layer      TEXT    NOT NULL,                          -- its name; empty: the whole team
    person     INTEGER REFERENCES person (id),
    why        TEXT,                                      -- why nobody was paged
    at         INTEGER NOT NULL,
    CHECK (person IS NULL OR why IS NULL)
) STRICT;
CREATE INDEX page_step_page ON page_step (page);

-- Who was on call when Steward last looked: a difference is a hand-over to be told.
CREATE TABLE oncall_duty (
    team   INTEGER NOT NULL REFERENCES team (id),
    layer  TEXT    NOT NULL,
    person INTEGER REFERENCES person (id),
    since  INTEGER NOT NULL,
    PRIMARY KEY (team, layer)
) STRICT, WITHOUT ROWID;

-- The times to come without anybody on call that the team was told of.
CREATE TABLE oncall_gap (
    team     INTEGER NOT NULL REFERENCES team (id),
    layer    TEXT    NOT NULL,
    from_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (team, layer, from_at)
) STRICT, WITHOUT ROWID;
