-- One row for each field of each person; and all answers to “who am I”, by device and time.
CREATE TABLE view_person (
    key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at BLOB NOT NULL,
    PRIMARY KEY (key, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_profile (
    device BLOB NOT NULL, at BLOB NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (device, at)
) STRICT, WITHOUT ROWID;
