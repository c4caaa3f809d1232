-- Every version of how an integration's batches pass its checkpoint; and everything that was said of batches.
CREATE TABLE view_checkpoint (
    integration TEXT NOT NULL, version INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, version, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_batch (
    integration TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, decided INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (integration, at)
) STRICT, WITHOUT ROWID;
