-- What a backup and its restoration leave behind.

-- Set by a restoration: the books of this stack may be behind what is really there. Ended by the next plan, which looks.
ALTER TABLE stack ADD COLUMN look_since INTEGER;
