CREATE TABLE view_schedule (
    integration TEXT NOT NULL, version INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, version, at)
) STRICT, WITHOUT ROWID;
