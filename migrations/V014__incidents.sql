-- Incidents: what is wrong, who sees to it, and what was done and learned. The row is the incident; its channel is a step.
CREATE TABLE incident (
    id              INTEGER PRIMARY KEY,
    title           TEXT    NOT NULL,
    severity        INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    status          TEXT    NOT NULL CHECK (status IN ('triage', 'investigating', 'identified', 'monitoring', 'resolved',
                                                       'closed', 'declined', 'merged')),
    entity          INTEGER REFERENCES entity (id),       -- what it is on; NULL: not known yet
    summary         TEXT    NOT NULL DEFAULT '',
    private         INTEGER NOT NULL DEFAULT 0,           -- 1: only its members see anything of it
    origin          TEXT    NOT NULL,                     -- command, message, alert:12, run:17
    declared_by     INTEGER NOT NULL REFERENCES person (id),
    declared_at     INTEGER NOT NULL,
    taken_up_at     INTEGER,                              -- when somebody first took a role or acknowledged its page
    update_due_at   INTEGER,                              -- when people are to be told again how it stands
    update_asked_at INTEGER,                              -- the due moment for which an update was asked for last
    resolved_at     INTEGER,                              -- the last time; NULL while it is open
    ended_at        INTEGER,                              -- closed, declined or merged
    ended_by        TEXT,                                 -- an actor
    reason          TEXT,                                 -- why it was declined
    merged_into     INTEGER REFERENCES incident (id),
    caused_by       INTEGER REFERENCES run (id),          -- the change that people hold to be its cause
    channel         TEXT,                                 -- Slack's id of its channel; NULL before there is one
    channel_name    TEXT    NOT NULL,                     -- as wanted, and once there is one as it is
    channel_state   TEXT    NOT NULL DEFAULT 'wanted' CHECK (channel_state IN ('wanted', 'ready', 'lost')),
    channel_trouble TEXT,                                 -- why the last step failed, for people
    idempotency_key TEXT    NOT NULL UNIQUE,
    version         INTEGER NOT NULL DEFAULT 1,
    CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
    CHECK (status NOT IN ('resolved', 'closed') OR resolved_at IS NOT NULL),
    CHECK (status NOT IN ('closed', 'declined', 'merged') OR ended_at IS NOT NULL)
) STRICT;
CREATE INDEX incident_open ON incident (entity) WHERE status IN ('triage', 'investigating', 'identified', 'monitoring');
CREATE UNIQUE INDEX incident_channel ON incident (channel) WHERE channel IS NOT NULL;
-- One a run, and one a card of alerts.
CREATE UNIQUE INDEX incident_origin ON incident (origin) WHERE origin NOT IN ('command', 'message');
CREATE INDEX incident_declared ON incident (declared_at);

CREATE TABLE incident_role (
    incident INTEGER NOT NULL REFERENCES incident (id),
    role     TEXT    NOT NULL CHECK (role IN ('lead', 'scribe', 'liaison')),
    person   INTEGER NOT NULL REFERENCES person (id),
    since    INTEGER NOT NULL,
    PRIMARY KEY (incident, role)
) STRICT, WITHOUT ROWID;

-- Who belongs to it: whoever declared it, took a role, is on call for it, was invited or came.
CREATE TABLE incident_member (
    incident   INTEGER NOT NULL REFERENCES incident (id),
    person     INTEGER NOT NULL REFERENCES person (id),
    added_at   INTEGER NOT NULL,
    invited_at INTEGER,                                   -- when Slack took the invitation
    trouble    TEXT,                                      -- why Slack did not
    PRIMARY KEY (incident, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline_entry (
    id          INTEGER PRIMARY KEY,
    incident    INTEGER NOT NULL REFERENCES incident (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('declared', 'status', 'severity', 'role', 'update', 'note', 'message',
                                                 'page', 'run', 'grant', 'alert', 'action', 'link', 'freeze', 'ended')),
    at          INTEGER NOT NULL,                         -- when it happened; a message: when it was posted
    recorded_at INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    curated     INTEGER NOT NULL DEFAULT 1,               -- 0: only in the full view
    source      TEXT    NOT NULL,                         -- what it stands for: message:C1/1.2, run:17, or its own key
    removed_at  INTEGER,
    version     INTEGER NOT NULL DEFAULT 1,
    UNIQUE (incident, source)
) STRICT;
CREATE INDEX timeline_order ON timeline_entry (incident, at, id);
CREATE INDEX timeline_source ON timeline_entry (source);

-- What an entry that tells people how it stands was made of.
CREATE TABLE incident_update (
    entry      INTEGER PRIMARY KEY REFERENCES timeline_entry (id),
    conditions TEXT    NOT NULL,
    actions    TEXT    NOT NULL,
    needs      TEXT    NOT NULL
) STRICT;

CREATE TABLE timeline_revision (
    entry   INTEGER NOT NULL REFERENCES timeline_entry (id),
    version INTEGER NOT NULL,                             -- of the entry as it was before
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL,                             -- when it was changed
    actor   TEXT    NOT NULL,                             -- by whom
    PRIMARY KEY (entry, version)
) STRICT, WITHOUT ROWID;

-- What is to be done: now (action), or so that it does not happen again (followup).
CREATE TABLE action_item (
    id          INTEGER PRIMARY KEY,
    incident    INTEGER NOT NULL REFERENCES incident (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('action', 'followup')),
    text        TEXT    NOT NULL,
    owner       INTEGER REFERENCES person (id),
    due_at      INTEGER,
    state       TEXT    NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    created_by  TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    reminded_at INTEGER,
    request     INTEGER REFERENCES request (id),          -- the request that it became
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX action_item_incident ON action_item (incident, state);
CREATE INDEX action_item_due ON action_item (due_at) WHERE state = 'open' AND due_at IS NOT NULL;

CREATE TABLE incident_link (
    incident INTEGER NOT NULL REFERENCES incident (id),
    url      TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (incident, url)
) STRICT, WITHOUT ROWID;

-- Applies that somebody let through although an incident froze them.
CREATE TABLE freeze_override (
    incident INTEGER NOT NULL REFERENCES incident (id),
    request  INTEGER NOT NULL REFERENCES request (id),
    person   INTEGER NOT NULL REFERENCES person (id),
    reason   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (incident, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE postmortem (
    incident   INTEGER PRIMARY KEY REFERENCES incident (id),
    body       TEXT    NOT NULL,                          -- Markdown
    edited     INTEGER NOT NULL DEFAULT 0,                -- 1: people changed it, so it is not written anew
    updated_at INTEGER NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A request may belong to an incident: access that ends with it, or the revert of a change.
ALTER TABLE request ADD COLUMN incident INTEGER REFERENCES incident (id);
CREATE INDEX request_incident ON request (incident) WHERE incident IS NOT NULL;
