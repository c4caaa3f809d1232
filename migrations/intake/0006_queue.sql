-- Pulls that nobody asked for: what is queued, where each integration stands in its cadence, and its circuit. Moments are
-- milliseconds since 1970 UTC by this computer's clock. Integrations are named by their ids, as in the ledger: a pull may
-- be queued before the first run.
CREATE TABLE queue (
    -- One at a time for each integration.
    integration  TEXT PRIMARY KEY,
    due_at       INTEGER NOT NULL,
    -- From 1.
    attempt      INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    -- waiting: for its moment; running: under way, or left by a program that ended; person: only a person can go on.
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'person')),
    -- When this was written, to notice a clock that was set back.
    noted_at     INTEGER NOT NULL,
    -- The definition and the words of what waits for a person.
    definition   TEXT,
    words        TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE pace (
    integration  TEXT PRIMARY KEY,
    -- The event of the schedule that it counts by.
    schedule     TEXT NOT NULL,
    anchor       INTEGER NOT NULL,
    not_before   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE circuit (
    integration  TEXT PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half-open')),
    -- Faults in a row while it is closed.
    faults       INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    -- When a probe may go through, while it is open.
    until        INTEGER NOT NULL,
    -- How often in a row it was opened.
    openings     INTEGER NOT NULL,
    -- The last fault in words.
    words        TEXT,
    failed_at    INTEGER
) STRICT, WITHOUT ROWID;
