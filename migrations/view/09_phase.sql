-- A phase is withdrawn where the last word about it was; `part` is empty for the whole.
CREATE TABLE view_phase (
    kpi TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT,
    version INTEGER, reason TEXT NOT NULL,
    PRIMARY KEY (kpi, part, start)
) STRICT, WITHOUT ROWID;
