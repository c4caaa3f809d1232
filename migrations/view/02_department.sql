-- One row for each field of each department; of a slot the first writer wins.
CREATE TABLE view_department (
    key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at BLOB NOT NULL,
    PRIMARY KEY (key, field)
) STRICT, WITHOUT ROWID;
