-- Files that must be read anew, because they were read by another mapping: a batch each, until it is landed again.
-- A crash in between loses none of them.
CREATE TABLE reread (
    stream    INTEGER NOT NULL REFERENCES stream (number),
    moment    INTEGER NOT NULL,
    original  INTEGER NOT NULL REFERENCES original (number),
    declared  INTEGER NOT NULL,
    PRIMARY KEY (stream, moment, original)
) STRICT, WITHOUT ROWID;

-- The last complete snapshot that held the row while it waited (seconds, as in `record`): it was not gone then.
ALTER TABLE quarantine ADD COLUMN seen_at INTEGER;
