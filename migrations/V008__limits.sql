-- When a job or a message was put off. A time before that one means that the clock was set back since, so that it is
-- due: else it would wait for as long as the clock was set back.
ALTER TABLE job ADD COLUMN put_off_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN put_off_at INTEGER NOT NULL DEFAULT 0;

-- Behind what a message waits that was tried and could not go yet: a Slack channel, the limit of edits, the message
-- that its thread begins with. Those that wait behind the same thing are passed over together.
ALTER TABLE outbox ADD COLUMN place TEXT;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (state, priority, due_at, id, put_off_at, destination, place);
CREATE INDEX outbox_destination ON outbox (destination);

-- A large state in pieces, each sealed on its own. The body of its version is then the sealed list of its pieces.
CREATE TABLE state_piece (
    id         INTEGER PRIMARY KEY,
    stack      INTEGER NOT NULL REFERENCES stack (id),
    upload     TEXT    NOT NULL,                      -- which transfer it came with
    number     INTEGER NOT NULL,                      -- from 0
    body       BLOB    NOT NULL,                      -- sealed
    created_at INTEGER NOT NULL,
    UNIQUE (upload, number)
) STRICT;
CREATE INDEX state_piece_stack ON state_piece (stack);
ALTER TABLE state_version ADD COLUMN upload TEXT;      -- NULL: the body is the state itself
