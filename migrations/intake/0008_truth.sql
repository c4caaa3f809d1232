-- What sources say differently of one order line, as the line was last made: the field, the source that counts and the
-- one that does not, by their integrations' numbers, each with what it says (numbers as in the records' facts).
CREATE TABLE disagreement (
    home     INTEGER NOT NULL,
    journey  INTEGER NOT NULL,
    field    INTEGER NOT NULL,
    other    INTEGER NOT NULL,
    other_value  TEXT NOT NULL,
    kept         INTEGER NOT NULL,
    kept_value   TEXT NOT NULL,
    -- The run by which it was first seen.
    run      INTEGER NOT NULL,
    PRIMARY KEY (home, journey, field, other)
) STRICT, WITHOUT ROWID;
