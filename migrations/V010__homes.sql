-- What somebody's home in Slack looks up: the few proposals that are open among all that ever were.
CREATE INDEX proposal_open ON proposal (kind, expires_at, id) WHERE state = 'open';
