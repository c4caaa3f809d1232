-- Who said that a KPI stays although no meeting talks about it, and why; every word.
CREATE TABLE view_kpi_kept (
    kpi TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, reason TEXT NOT NULL,
    PRIMARY KEY (kpi, at)
) STRICT, WITHOUT ROWID;
