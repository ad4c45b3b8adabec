-- Whether a team has anybody who may act, as last looked at, so that it is told once when the last of them is gone.
ALTER TABLE team ADD COLUMN staffed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE team ADD COLUMN deserted_at INTEGER;  -- when it last came to have nobody, after it had somebody
