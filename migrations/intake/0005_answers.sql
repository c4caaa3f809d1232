-- Systems that are asked. An answer is written down as a file of its own, goes on after a crash where it was kept, and is
-- then pulled like any other file.
CREATE TABLE answer (
    number       INTEGER PRIMARY KEY,
    -- Ids, as in the ledger: an answer may come before the integration's first run.
    integration  TEXT NOT NULL,
    stream       TEXT NOT NULL,
    -- The fingerprint of what was asked: another question begins anew.
    request      BLOB NOT NULL,
    -- Within the workspace's folder.
    file         TEXT NOT NULL,
    -- Bytes of the file that outlast a crash, the rows in them, and the position behind those.
    kept         INTEGER NOT NULL,
    rows         INTEGER NOT NULL,
    position     TEXT NOT NULL,
    -- When the asking began: the start of its run, milliseconds since 1970 UTC.
    began_at     INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('coming', 'whole'))
) STRICT;
CREATE UNIQUE INDEX answer_stream ON answer (integration, stream);

-- Where the next question of a stream goes on; moved when an answer is landed, in the same change.
CREATE TABLE position (
    integration  TEXT NOT NULL,
    stream       TEXT NOT NULL,
    request      BLOB NOT NULL,
    position     TEXT NOT NULL,
    moved_at     INTEGER NOT NULL,
    PRIMARY KEY (integration, stream)
) STRICT, WITHOUT ROWID;

-- What was asked of which system, and what came back. `began_at` is that of the run. Nothing in it is secret.
CREATE TABLE exchange (
    number       INTEGER PRIMARY KEY,
    integration  TEXT NOT NULL,
    began_at     INTEGER NOT NULL,
    stream       TEXT NOT NULL,
    at           INTEGER NOT NULL,
    request      TEXT NOT NULL,
    -- The code of the system's protocol, where it has one.
    status       INTEGER,
    -- The kind of fault and its words; nothing for an answer.
    fault        TEXT,
    words        TEXT,
    bytes        INTEGER NOT NULL,
    rows         INTEGER NOT NULL,
    took_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX exchange_run ON exchange (integration, began_at);
