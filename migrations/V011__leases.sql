-- Leases: stacks that end by themselves. A grant is a lease with a role on an entity; a sandbox is one without.
CREATE TABLE lease (
    stack      INTEGER PRIMARY KEY REFERENCES stack (id),
    request    INTEGER NOT NULL REFERENCES request (id),  -- that asked for it
    holder     INTEGER NOT NULL REFERENCES person (id),   -- whom it serves
    entity     INTEGER REFERENCES entity (id),            -- a grant: what it is access to
    role       TEXT,                                      -- a grant: in which role
    state      TEXT    NOT NULL CHECK (state IN ('pending', 'active', 'ended', 'never')),
    lasts      INTEGER NOT NULL CHECK (lasts > 0),        -- milliseconds, counted from activation
    starts_at  INTEGER,                                   -- activation; NULL before
    ends_at    INTEGER,                                   -- when it is to end; NULL before activation
    wants      INTEGER,                                   -- until when its holder asks it to last
    warned_at  INTEGER,                                   -- when its holder was told that this end is near
    cause      TEXT    CHECK (cause IN ('expired', 'returned', 'revoked', 'left', 'retired', 'unconfirmed')),
    ended_by   TEXT,                                      -- the actor on whose word; with cause
    ending     INTEGER REFERENCES request (id),           -- the request that ends it; NULL until it is begun
    tries      INTEGER NOT NULL DEFAULT 0,                -- of ending it that failed
    next_try   INTEGER,                                   -- not before
    trouble    TEXT,                                      -- why the last try failed, for people
    ended_at   INTEGER,                                   -- when it was seen to be gone
    version    INTEGER NOT NULL DEFAULT 1,
    CHECK ((entity IS NULL) = (role IS NULL)),
    CHECK ((cause IS NULL) = (ended_by IS NULL)),
    CHECK (state <> 'active' OR (starts_at IS NOT NULL AND ends_at IS NOT NULL)),
    CHECK (state <> 'ended' OR (ended_at IS NOT NULL AND cause IS NOT NULL))
) STRICT;
CREATE INDEX lease_open ON lease (ends_at) WHERE state = 'active';
CREATE INDEX lease_holder ON lease (holder, state);
CREATE INDEX lease_entity ON lease (entity, state);
CREATE INDEX lease_request ON lease (request);

-- What the approved plans of a lease would create: its ending may delete this, and nothing else, without another word.
CREATE TABLE lease_address (
    stack   INTEGER NOT NULL REFERENCES lease (stack),
    address TEXT    NOT NULL,
    PRIMARY KEY (stack, address)
) STRICT, WITHOUT ROWID;

-- A request makes a stack, or ends one that an earlier request made.
ALTER TABLE request ADD COLUMN operation TEXT NOT NULL DEFAULT 'create' CHECK (operation IN ('create', 'destroy'));
ALTER TABLE request ADD COLUMN origin INTEGER REFERENCES request (id);  -- destroy: the request that made the stack
