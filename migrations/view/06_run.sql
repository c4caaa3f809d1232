CREATE TABLE view_run (
    run TEXT PRIMARY KEY, at BLOB NOT NULL, integration TEXT NOT NULL, ended_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_run_by_end ON view_run (integration, ended_at);
