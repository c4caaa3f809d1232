-- The ledger: every event exactly as it was signed, and what this device knows about itself.
-- Never edited after a release; a change is a new file.

CREATE TABLE event (
    position   INTEGER PRIMARY KEY,           -- order of arrival here; a cursor, nothing more
    hash       BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),  -- identity: BLAKE3 of the signed bytes
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    device     BLOB    NOT NULL CHECK (length(device) = 32),
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    prev       BLOB    NOT NULL CHECK (length(prev) = 32),
    wall_ms    INTEGER NOT NULL,
    counter    INTEGER NOT NULL,
    acting_for TEXT,
    kind       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    signature  BLOB    NOT NULL CHECK (length(signature) = 64),
    body       BLOB    NOT NULL,              -- the exact bytes; the columns above only repeat them
    standing   INTEGER NOT NULL               -- 0 admitted, 1 waiting, 2 quarantined, 3 held back
) STRICT;

CREATE INDEX event_by_device ON event (device, seq);
CREATE INDEX event_by_id ON event (id, device);
CREATE INDEX event_of_authority ON event (kind) WHERE kind IN ('device_granted', 'device_cut');
CREATE INDEX event_not_admitted ON event (standing) WHERE standing <> 0;

-- What was signed is never changed and never deleted; only its standing is judged again.
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE OF
    position, hash, id, device, seq, prev, wall_ms, counter, acting_for, kind, version, signature, body ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TABLE here (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    workspace     BLOB    NOT NULL CHECK (length(workspace) = 32),
    device        BLOB    CHECK (length(device) = 32),  -- the device that this copy writes as
    must_renew    TEXT,                       -- why it must take a new device id first: 'restored' or 'forked'
    wall_ms       INTEGER NOT NULL,           -- the clock: the latest stamp made or merged
    counter       INTEGER NOT NULL,
    view_version  TEXT    NOT NULL            -- the projections were made by this version of them
) STRICT;
