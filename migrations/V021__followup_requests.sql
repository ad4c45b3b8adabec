-- A follow-up becomes a request: which form was opened for which, until the request is noted on the follow-up.
CREATE TABLE item_form (
    key        TEXT    PRIMARY KEY,                        -- idempotency key of the request that the form becomes
    item       INTEGER NOT NULL REFERENCES action_item (id),
    created_at INTEGER NOT NULL
) STRICT;
