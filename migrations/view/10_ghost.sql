-- A point is a ghost while `ghosted` is 1; `part` is empty for the whole.
CREATE TABLE view_ghost (
    kpi TEXT NOT NULL, part TEXT NOT NULL, week INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT,
    ghosted INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (kpi, part, week)
) STRICT, WITHOUT ROWID;
