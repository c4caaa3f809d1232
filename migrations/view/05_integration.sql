CREATE TABLE view_integration (
    integration TEXT NOT NULL, version INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT,
    toml TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (integration, version, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_integration_retired (
    integration TEXT PRIMARY KEY, at BLOB NOT NULL, acting_for TEXT, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
