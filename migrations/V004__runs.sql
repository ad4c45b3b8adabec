-- Terraform: vetted modules, stacks, runs, saved plans, state.
CREATE TABLE module (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL,
    digest      TEXT    NOT NULL,                     -- sha256 over every file of the module
    accepted_by TEXT    NOT NULL,
    accepted_at INTEGER NOT NULL,
    descriptor  TEXT    NOT NULL CHECK (json_valid(descriptor)),
    UNIQUE (name, digest)
) STRICT;

CREATE TABLE stack (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    module     TEXT    NOT NULL,
    lineage    TEXT    NOT NULL UNIQUE,               -- seeded: a first plan fits this stack and no other
    owner      INTEGER NOT NULL REFERENCES team (id),
    status     TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'ended', 'abandoned')),
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- The name is taken from the moment of asking until nothing is left of it.
CREATE UNIQUE INDEX stack_name ON stack (name) WHERE status IN ('pending', 'active');

CREATE TABLE stack_entity (
    stack  INTEGER NOT NULL REFERENCES stack (id),
    entity INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (stack, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id                INTEGER PRIMARY KEY,
    stack             INTEGER NOT NULL REFERENCES stack (id),
    request           INTEGER,                        -- the request it serves
    operation         TEXT    NOT NULL CHECK (operation IN ('create', 'change', 'destroy', 'refresh')),
    state             TEXT    NOT NULL CHECK (state IN ('requested', 'planning', 'plan_failed', 'no_changes',
                          'awaiting_approval', 'approved', 'apply_claimed', 'applying', 'applied', 'apply_failed',
                          'partial', 'indeterminate', 'cancelled', 'expired', 'stale')),
    version           INTEGER NOT NULL DEFAULT 1,
    module            TEXT    NOT NULL,
    module_digest     TEXT    NOT NULL,
    terraform_version TEXT    NOT NULL,
    inputs            BLOB    NOT NULL,               -- sealed JSON: module variable -> value
    policy_digest     TEXT    NOT NULL,               -- of the workflow definition
    host              TEXT    NOT NULL,
    plan              INTEGER,
    attempt           INTEGER,
    cancel_requested  TEXT,                           -- the actor who asked
    detail            TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    ended_at          INTEGER
) STRICT;
CREATE INDEX run_state ON run (state);
CREATE INDEX run_stack ON run (stack, id);
CREATE INDEX run_request ON run (request);

CREATE TABLE plan (
    id             INTEGER PRIMARY KEY,
    run            INTEGER NOT NULL REFERENCES run (id),
    bytes          BLOB    NOT NULL,                  -- sealed
    sha256         TEXT    NOT NULL,                  -- of the plan file in clear
    lineage        TEXT    NOT NULL,
    serial         INTEGER NOT NULL,
    content_digest TEXT    NOT NULL,                  -- of what it would do: equal for an equal re-plan
    view           TEXT    NOT NULL CHECK (json_valid(view)),   -- redacted
    creates        INTEGER NOT NULL,
    updates        INTEGER NOT NULL,
    deletes        INTEGER NOT NULL,
    equal_to       INTEGER REFERENCES plan (id),      -- set: a later plan of equal content, standing in for that one
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_run ON plan (run);

CREATE TABLE attempt (
    id              INTEGER PRIMARY KEY,
    run             INTEGER NOT NULL REFERENCES run (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('plan', 'apply')),
    token_hash      TEXT    NOT NULL UNIQUE,
    folder          TEXT    NOT NULL,                 -- below the home's runs folder
    host            TEXT    NOT NULL,
    lock_id         TEXT,                             -- Terraform's id of the lock that was granted, once
    lock_granted_at INTEGER,
    revoked_at      INTEGER,
    exit_code       INTEGER,
    created_at      INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;
CREATE INDEX attempt_run ON attempt (run);

CREATE TABLE state_version (
    id         INTEGER PRIMARY KEY,
    stack      INTEGER NOT NULL REFERENCES stack (id),
    lineage    TEXT    NOT NULL,
    serial     INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    body       BLOB    NOT NULL,                      -- sealed
    attempt    INTEGER REFERENCES attempt (id),       -- NULL: written by Steward itself (seed, bumped serial)
    created_at INTEGER NOT NULL,
    UNIQUE (lineage, serial)
) STRICT;
CREATE INDEX state_version_stack ON state_version (stack, serial);

CREATE TABLE state_lock (
    stack     INTEGER PRIMARY KEY REFERENCES stack (id),
    lock_id   TEXT    NOT NULL,
    attempt   INTEGER NOT NULL REFERENCES attempt (id),
    operation TEXT    NOT NULL,
    info      TEXT    NOT NULL CHECK (json_valid(info)),
    locked_at INTEGER NOT NULL
) STRICT;

CREATE TABLE stack_resource (
    stack       INTEGER NOT NULL REFERENCES stack (id),
    address     TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    resource_id TEXT,
    PRIMARY KEY (stack, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX stack_resource_id ON stack_resource (resource_id);
