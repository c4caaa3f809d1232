-- Whose word counts for a field, every version; rows entered by hand; what of them is kept against the system; what
-- owners were asked to correct, with everything said about it; what needs a person.
CREATE TABLE view_truth (
    integration TEXT NOT NULL, field TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, field, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_hand (
    integration TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kept INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (integration, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_correction (
    correction TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, integration TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (correction, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_correction_asked ON view_correction (integration) WHERE integration IS NOT NULL;
CREATE TABLE view_attention (
    attention TEXT NOT NULL, at BLOB NOT NULL, body TEXT,
    PRIMARY KEY (attention, at)
) STRICT, WITHOUT ROWID;
