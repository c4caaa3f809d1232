-- The last writer of each field wins. `at` orders writers everywhere the same: clock, device, hash.
CREATE TABLE view_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, at BLOB NOT NULL) STRICT, WITHOUT ROWID;
