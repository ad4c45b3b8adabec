-- The catalog: who there is, what there is, and who owns it.
CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,             -- catalog name, lower case
    display_name TEXT    NOT NULL,
    email        TEXT,
    slack_team   TEXT,                                -- workspace or enterprise id
    slack_user   TEXT,
    standing     TEXT    NOT NULL CHECK (standing IN ('member', 'guest', 'bot', 'stranger', 'deactivated', 'unlinked')),
    admin        INTEGER NOT NULL DEFAULT 0,
    seen_at      INTEGER,                             -- when Slack last told us the standing
    in_files     INTEGER NOT NULL DEFAULT 0,          -- 1: catalog files may speak of this person: imported, or linked
    UNIQUE (slack_team, slack_user)
) STRICT;

CREATE TABLE team (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    title   TEXT NOT NULL,
    parent  INTEGER REFERENCES team (id),
    channel TEXT,
    source  TEXT NOT NULL,                            -- where members come from: import, or slack:S0123
    seen_at INTEGER                                   -- when the source was last read
) STRICT;

CREATE TABLE team_member (
    team   INTEGER NOT NULL REFERENCES team (id),
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (team, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_member_person ON team_member (person);

CREATE TABLE entity (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('Service', 'Resource', 'System')),
    name        TEXT    NOT NULL COLLATE NOCASE,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL DEFAULT '',
    owner       INTEGER NOT NULL REFERENCES team (id),
    stage       TEXT    NOT NULL CHECK (stage IN ('experimental', 'production', 'deprecated')),
    tier        TEXT    NOT NULL CHECK (tier IN ('tier-1', 'tier-2', 'tier-3', 'tier-4')),
    lifecycle   TEXT    NOT NULL CHECK (lifecycle IN ('application-bound', 'shared')),
    operated_by INTEGER NOT NULL REFERENCES team (id),
    system      TEXT,
    audience    TEXT,
    data_class  TEXT,
    channel     TEXT,
    source      TEXT    NOT NULL,                     -- request:42, or import
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    ended_at    INTEGER,                              -- set: a tombstone
    UNIQUE (kind, name)
) STRICT;
CREATE INDEX entity_name ON entity (name);
CREATE INDEX entity_owner ON entity (owner);

CREATE TABLE entity_link (
    entity INTEGER NOT NULL REFERENCES entity (id),
    title  TEXT    NOT NULL,
    url    TEXT    NOT NULL,
    PRIMARY KEY (entity, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_tag (
    entity INTEGER NOT NULL REFERENCES entity (id),
    tag    TEXT    NOT NULL,
    PRIMARY KEY (entity, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE dependency (
    entity     INTEGER NOT NULL REFERENCES entity (id),
    depends_on INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (entity, depends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX dependency_reverse ON dependency (depends_on);
