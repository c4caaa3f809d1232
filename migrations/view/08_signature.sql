CREATE TABLE view_signature (
    kpi TEXT NOT NULL, week INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT,
    revision INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (kpi, week, at)
) STRICT, WITHOUT ROWID;
