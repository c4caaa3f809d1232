-- Everything that was said of drills, in its order: that an outage began, what was noted, that it was ended, what came of it.
CREATE TABLE view_drill (
    integration TEXT NOT NULL, at BLOB NOT NULL, drill TEXT NOT NULL, acting_for TEXT,
    said TEXT NOT NULL CHECK (said IN ('begun', 'noted', 'ended', 'held')), body TEXT NOT NULL,
    PRIMARY KEY (integration, at)
) STRICT, WITHOUT ROWID;
