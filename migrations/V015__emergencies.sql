-- What an emergency allows: to take away what was made, and to be let in before anybody decides.
ALTER TABLE request ADD COLUMN asked_for INTEGER NOT NULL DEFAULT 0;  -- destroy: 1: a person asked; 0: a lease ended

-- Access that nobody had decided on, which somebody else has to look at afterwards.
CREATE TABLE break_glass (
    request      INTEGER PRIMARY KEY REFERENCES request (id),
    incident     INTEGER NOT NULL,                    -- its number
    entity       INTEGER NOT NULL REFERENCES entity (id),
    holder       INTEGER NOT NULL REFERENCES person (id),
    channel      TEXT    NOT NULL,                    -- where its owners are told and asked
    opened_at    INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,                    -- by when somebody has to have looked at it
    escalated_at INTEGER,                             -- when it was told that nobody had
    signed_by    INTEGER REFERENCES person (id),
    signed_at    INTEGER,
    justified    INTEGER,                             -- 1: it was right to do; 0: it was not
    words        TEXT,                                -- what they said about it
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
    CHECK ((signed_by IS NULL) = (justified IS NULL))
) STRICT;
CREATE INDEX break_glass_open ON break_glass (due_at) WHERE signed_at IS NULL;
