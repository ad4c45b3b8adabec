-- Alerts: what other systems say is wrong. Stored as it comes in, worked through after that, shown on one card a service.
CREATE TABLE alert_intake (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,               -- of working through it that failed
    alerts      TEXT    NOT NULL                          -- JSON: some alerts of one body, as they were read
) STRICT;
CREATE INDEX alert_intake_order ON alert_intake (tries, id);

-- The alerts of one service that fire or have just cleared.
CREATE TABLE alert_group (
    id            INTEGER PRIMARY KEY,
    entity        INTEGER REFERENCES entity (id),         -- what they are on; NULL: nothing says it
    channel       TEXT    NOT NULL,                       -- where its card is
    state         TEXT    NOT NULL CHECK (state IN ('open', 'cleared', 'closed')),
    total         INTEGER NOT NULL DEFAULT 0,             -- how many alerts fired in it
    opened_at     INTEGER NOT NULL,
    cleared_at    INTEGER,                                -- since when none fires
    closed_at     INTEGER,
    acked_by      INTEGER REFERENCES person (id),
    acked_at      INTEGER,
    snoozed_by    INTEGER REFERENCES person (id),
    snoozed_until INTEGER,
    incident      INTEGER REFERENCES incident (id),       -- whose timeline its alerts join
    paged_at      INTEGER,                                -- when the on-call was called
    shown_at      INTEGER NOT NULL DEFAULT 0,             -- when its card was put last
    told_at       INTEGER NOT NULL DEFAULT 0,             -- when the timeline got an entry last
    told_fired    INTEGER NOT NULL DEFAULT 0,             -- how many fired since then ...
    told_cleared  INTEGER NOT NULL DEFAULT 0,             -- ... and cleared
    version       INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'open') = (cleared_at IS NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((acked_by IS NULL) = (acked_at IS NULL))
) STRICT;
-- One for each service, and one for what belongs to none.
CREATE UNIQUE INDEX alert_group_live ON alert_group (ifnull(entity, 0)) WHERE state <> 'closed';

CREATE TABLE alert (
    source      TEXT    NOT NULL CHECK (source IN ('alertmanager', 'grafana', 'pagerduty', 'generic')),
    fingerprint TEXT    NOT NULL,
    alert_group INTEGER REFERENCES alert_group (id),      -- the last that it fired in; NULL: it was never seen to fire
    state       TEXT    NOT NULL CHECK (state IN ('firing', 'resolved')),
    name        TEXT    NOT NULL,
    severity    INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),  -- 0 is the worst
    summary     TEXT    NOT NULL,
    links       TEXT    NOT NULL CHECK (json_valid(links)),
    claimed_at  INTEGER,                                  -- when it began to fire, as its source says, right or wrong
    starts_at   INTEGER NOT NULL,                         -- the same, never in the future
    ended_at    INTEGER,
    times       INTEGER NOT NULL,                         -- how often it fired
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (source, fingerprint),
    CHECK ((state = 'resolved') = (ended_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_of_group ON alert (alert_group, state, severity, starts_at);
CREATE INDEX alert_ended ON alert (ended_at) WHERE state = 'resolved';
-- An alert may name what a stack made by its address.
CREATE INDEX stack_resource_address ON stack_resource (address);
