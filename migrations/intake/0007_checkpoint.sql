-- A batch that waits at its integration's checkpoint, or is being looked at (`held_at` is empty). While there is one, what
-- is published of the integration is `published_tally`, and `week_tally` is what it would be.
CREATE TABLE held (
    integration  INTEGER PRIMARY KEY,
    -- The run that landed the batch's first rows.
    run          INTEGER NOT NULL,
    held_at      INTEGER,
    -- Why, as JSON.
    tripped      TEXT NOT NULL
) STRICT;
CREATE TABLE published_tally (
    integration INTEGER NOT NULL, kpi INTEGER NOT NULL, week INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (integration, kpi, week)
) STRICT, WITHOUT ROWID;
-- As `moved`, of batches that wait.
CREATE TABLE held_moved (
    integration INTEGER NOT NULL, kpi INTEGER NOT NULL, week INTEGER NOT NULL,
    count INTEGER NOT NULL, first TEXT NOT NULL,
    PRIMARY KEY (integration, kpi, week)
) STRICT, WITHOUT ROWID;
-- What had been landed before: turning a batch away leaves only these.
CREATE TABLE published_batch (
    stream INTEGER NOT NULL, moment INTEGER NOT NULL, original INTEGER NOT NULL,
    PRIMARY KEY (stream, moment, original)
) STRICT, WITHOUT ROWID;
-- Files that a person turned away with their batch: the same content is not taken again.
CREATE TABLE rejected (
    stream INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (stream, hash)
) STRICT, WITHOUT ROWID;
