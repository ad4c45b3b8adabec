-- Channels that somebody took Steward out of: it goes back when it is invited, and not before.
CREATE TABLE removed_from (
    channel TEXT    PRIMARY KEY,                           -- id in Slack
    at      INTEGER NOT NULL
) STRICT;
