-- The intake: what the systems sent, as it came, and what was made of it. Originals, records and their versions
-- are history; journeys, tallies and the list of touched orders can be made again from them.

-- Small numbers for long names. An integration's number is its seat in every other table.
CREATE TABLE integration (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    -- The fingerprint of the mapping that its records were read with.
    mapping  BLOB NOT NULL
) STRICT;

CREATE TABLE stream (
    number       INTEGER PRIMARY KEY,
    integration  INTEGER NOT NULL REFERENCES integration (number),
    name         TEXT NOT NULL,
    UNIQUE (integration, name)
) STRICT;

-- One pull. `landed`: its rows are in, its observations may not be in the ledger yet; `finished`: they are.
CREATE TABLE run (
    number       INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    integration  INTEGER NOT NULL REFERENCES integration (number),
    started_at   INTEGER NOT NULL,
    finished_at  INTEGER,
    today        INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('landing', 'landed', 'finished', 'refused')),
    report       TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX run_unfinished ON run (number) WHERE state IN ('landing', 'landed');

-- A file as it came, compressed, kept once however often it was sent.
CREATE TABLE original (
    number      INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,
    rows        INTEGER NOT NULL,
    fetched_at  INTEGER NOT NULL,
    -- How it was read: encoding, delimiter, sheet, header row.
    format      TEXT NOT NULL
) STRICT;

CREATE TABLE original_chunk (
    original   INTEGER NOT NULL REFERENCES original (number),
    place      INTEGER NOT NULL,
    -- Bytes of the original before this chunk.
    raw_start  INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (original, place)
) STRICT;

-- What one run landed of one stream: a file, and the moment its content stands for (seconds, as in `record`).
-- Files of one moment are one snapshot together.
CREATE TABLE batch (
    stream    INTEGER NOT NULL REFERENCES stream (number),
    moment    INTEGER NOT NULL,
    original  INTEGER NOT NULL REFERENCES original (number),
    run       INTEGER NOT NULL REFERENCES run (number),
    -- Whether the source declared the moment; otherwise it is the moment of arrival.
    declared  INTEGER NOT NULL,
    rows      INTEGER NOT NULL,
    -- Empty cells by field, as JSON.
    empty     TEXT NOT NULL,
    PRIMARY KEY (stream, moment, original)
) STRICT, WITHOUT ROWID;

-- The current version of each row. `journey`: 44 bits of the order's hash, then 19 bits of line (0: the whole
-- order), so that the lines of an order lie together.
CREATE TABLE record (
    stream    INTEGER NOT NULL,
    journey   INTEGER NOT NULL,
    row_key   INTEGER NOT NULL,
    content   INTEGER NOT NULL,
    -- The latest moment at which the source is known to have said so: seconds since 1970 in the workspace's time
    -- zone, what tells it (0 change time, 1 declared date, 2 arrival), and the order of arrival for the last.
    known_at  INTEGER NOT NULL,
    evidence  INTEGER NOT NULL,
    arrival   INTEGER NOT NULL,
    original  INTEGER NOT NULL,
    row       INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    -- The first complete snapshot that lacks it, and the last one that held it.
    gone_at   INTEGER,
    seen_at   INTEGER,
    -- What must not be forgotten of all versions; nothing where there is only this one.
    history   BLOB,
    facts     BLOB NOT NULL,
    PRIMARY KEY (stream, journey, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_version (
    stream    INTEGER NOT NULL,
    journey   INTEGER NOT NULL,
    row_key   INTEGER NOT NULL,
    content   INTEGER NOT NULL,
    known_at  INTEGER NOT NULL,
    evidence  INTEGER NOT NULL,
    arrival   INTEGER NOT NULL,
    original  INTEGER NOT NULL,
    row       INTEGER NOT NULL,
    facts     BLOB NOT NULL,
    PRIMARY KEY (stream, journey, row_key, content)
) STRICT, WITHOUT ROWID;

-- Rows that a rule keeps out, with the rule's finding as data; the words are made when they are shown.
CREATE TABLE quarantine (
    number    INTEGER PRIMARY KEY,
    stream    INTEGER NOT NULL,
    journey   INTEGER NOT NULL,
    row_key   INTEGER NOT NULL,
    content   INTEGER NOT NULL,
    known_at  INTEGER NOT NULL,
    evidence  INTEGER NOT NULL,
    arrival   INTEGER NOT NULL,
    original  INTEGER NOT NULL,
    row       INTEGER NOT NULL,
    run       INTEGER NOT NULL,
    findings  TEXT NOT NULL,
    facts     BLOB NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'released', 'mended', 'gone')),
    -- Who released it and why, or the run that mended it.
    note      TEXT,
    UNIQUE (stream, journey, row_key, content)
) STRICT;
CREATE INDEX quarantine_waiting ON quarantine (stream, journey, row_key) WHERE state = 'waiting';

-- Findings that do not keep a row out, by run and rule.
CREATE TABLE warning (
    run      INTEGER NOT NULL REFERENCES run (number),
    rule     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    -- The first few, as JSON.
    samples  TEXT NOT NULL,
    PRIMARY KEY (run, rule)
) STRICT, WITHOUT ROWID;

-- Orders whose records changed and whose journeys were not made again yet, by the first key of their range; -1 is
-- every order of the integration.
CREATE TABLE touched (
    integration  INTEGER NOT NULL,
    order_key    INTEGER NOT NULL,
    PRIMARY KEY (integration, order_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE journey (
    key             INTEGER PRIMARY KEY,
    integration     INTEGER NOT NULL,
    -- The day from which time alone changes nothing any more; nothing where that day had come when it was made.
    restless_until  INTEGER,
    body            BLOB NOT NULL
) STRICT;
CREATE INDEX journey_restless ON journey (restless_until) WHERE restless_until IS NOT NULL;

-- Departments that mappings name as reasons, by position: facts keep the position, so the list only grows.
CREATE TABLE reason_department (
    position  INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE week_tally (
    integration  INTEGER NOT NULL,
    kpi          INTEGER NOT NULL,
    week         INTEGER NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (integration, kpi, week)
) STRICT, WITHOUT ROWID;

-- What the tallies were counted with: a change of any of it counts everything anew.
CREATE TABLE tallied (
    integration  INTEGER PRIMARY KEY,
    today        INTEGER NOT NULL,
    basis        BLOB NOT NULL
) STRICT;

-- Journeys that moved a week since its last published observation: how many, and the first of them.
CREATE TABLE moved (
    kpi      INTEGER NOT NULL,
    week     INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    first    TEXT NOT NULL,
    PRIMARY KEY (kpi, week)
) STRICT, WITHOUT ROWID;
