-- A request may change a stack that an earlier one made, and go back to what it was asked to be before.
-- A CHECK cannot be altered: the column is made anew.
ALTER TABLE request ADD COLUMN does TEXT NOT NULL DEFAULT 'create' CHECK (does IN ('create', 'change', 'destroy'));
UPDATE request SET does = operation;
ALTER TABLE request DROP COLUMN operation;
ALTER TABLE request RENAME COLUMN does TO operation;  -- change, destroy: of the stack that "origin" made
ALTER TABLE request ADD COLUMN reverts INTEGER REFERENCES request (id);       -- change: the request that it undoes
ALTER TABLE request ADD COLUMN goes_back_to INTEGER REFERENCES request (id);  -- change: whose answers it has again

-- "asked_for" is now: not the first of its stack, and a person asked. One of these at a time.
CREATE UNIQUE INDEX request_one_at_a_time ON request (stack) WHERE asked_for = 1 AND state IN ('pending', 'approved');

ALTER TABLE draft ADD COLUMN changes INTEGER;                                 -- set: a change of what that request made
