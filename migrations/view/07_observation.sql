-- Every revision that was ever published; `week` counts ISO weeks as the domain does.
CREATE TABLE view_observation (
    kpi TEXT NOT NULL, week INTEGER NOT NULL, revision INTEGER NOT NULL, at BLOB NOT NULL,
    known_from INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (kpi, week, revision, at)
) STRICT, WITHOUT ROWID;
