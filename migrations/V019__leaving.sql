-- Who left the workspace or a team, as long as what follows from that is not done: noted with the news itself.
CREATE TABLE departure (
    person INTEGER NOT NULL REFERENCES person (id),
    team   INTEGER REFERENCES team (id),              -- NULL: the workspace
    at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX departure_once ON departure (person, ifnull(team, 0));

-- Its time was up because the incident that it was given for was over: the number of that.
ALTER TABLE lease ADD COLUMN over_for INTEGER;

-- Access that nobody confirmed is suspended: taken away, and for some time its owners may give it back.
ALTER TABLE lease ADD COLUMN suspended_until INTEGER;                     -- not given back after this
ALTER TABLE lease ADD COLUMN remaining INTEGER CHECK (remaining > 0);     -- milliseconds that it had left
ALTER TABLE lease ADD COLUMN given_back INTEGER REFERENCES request (id);  -- the request that last gave it back
ALTER TABLE lease ADD COLUMN given_back_by TEXT;                          -- the actor on whose word
ALTER TABLE lease ADD COLUMN lapsed_at INTEGER;                           -- when it was seen that nobody gave it back in time
CREATE INDEX lease_suspended ON lease (suspended_until) WHERE suspended_until IS NOT NULL AND lapsed_at IS NULL;
CREATE INDEX lease_given_back ON lease (given_back) WHERE given_back IS NOT NULL;
