-- Alerts of which their source says nothing any more, although it never said that they are over.
ALTER TABLE alert ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;            -- when it was last said to fire, to the minute
ALTER TABLE alert ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0
    CHECK (quiet = 0 OR (quiet = 1 AND state = 'resolved'));                 -- 1: nobody said that it is over
UPDATE alert SET heard_at = updated_at;
CREATE INDEX alert_heard ON alert (source, heard_at) WHERE state = 'firing';
CREATE INDEX alert_quiet ON alert (alert_group, source, heard_at) WHERE quiet = 1;

ALTER TABLE alert_group ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0
    CHECK (quiet = 0 OR (quiet = 1 AND state = 'closed'));                   -- 1: it was closed because nothing was heard

-- Nothing is held against a source for the time in which Steward was not there to hear it.
CREATE TABLE alert_listening (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,                               -- from when on silence counts
    seen  INTEGER NOT NULL                                -- when Steward was last known to be there
) STRICT;

-- A page that nobody has answered is shown to whom it went for as long as that is so.
CREATE INDEX page_unanswered ON page (id) WHERE state IN ('open', 'exhausted');

-- Whom a page goes to when nobody of the team answers: names of teams, and the page that went to the first of them.
ALTER TABLE page ADD COLUMN then_teams TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(then_teams));
ALTER TABLE page ADD COLUMN passed_to INTEGER REFERENCES page (id);
CREATE INDEX page_passed ON page (passed_to) WHERE passed_to IS NOT NULL;

-- Two people who change their shifts: the second of the two, which goes the other way, and has no answer of its own.
ALTER TABLE rotation_override ADD COLUMN in_return_for INTEGER REFERENCES rotation_override (id);
CREATE UNIQUE INDEX rotation_override_return ON rotation_override (in_return_for) WHERE in_return_for IS NOT NULL;
