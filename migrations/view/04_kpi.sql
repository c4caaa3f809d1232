CREATE TABLE view_kpi (
    kpi TEXT NOT NULL, version INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT, definition TEXT NOT NULL,
    PRIMARY KEY (kpi, version, at)
) STRICT, WITHOUT ROWID;
