-- How often those were reminded for whom a stage of a proposal waits, and when somebody else was told.
CREATE TABLE nudge (
    proposal     INTEGER NOT NULL REFERENCES proposal (id),
    stage        INTEGER NOT NULL,                         -- position in the proposal's stages
    reminders    INTEGER NOT NULL DEFAULT 0,
    reminded_at  INTEGER,                                  -- the last time
    escalated_at INTEGER,
    PRIMARY KEY (proposal, stage)
) STRICT;
