-- Where the relative paths of an integration start on this device. The ledger keeps the definition as it was written,
-- for every device; where its files lie is a matter of each one.
CREATE TABLE base (
    -- The integration's id.
    name    TEXT PRIMARY KEY,
    -- Relative to the workspace's folder where it lies within it, so that the folder can be moved; else absolute.
    folder  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
