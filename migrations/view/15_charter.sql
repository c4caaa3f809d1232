-- Every version of every charter. Of what is said about an integration's activity everything stays, the last word
-- counts; of a week's number and of a quarter's audit the last word stays.
CREATE TABLE view_charter (
    integration TEXT NOT NULL, version INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, version, at)
) STRICT, WITHOUT ROWID;
-- `body` is nothing where it was deactivated; `reason` is of both.
CREATE TABLE view_activation (
    integration TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT, reason TEXT NOT NULL,
    PRIMARY KEY (integration, at)
) STRICT, WITHOUT ROWID;
-- `week` counts ISO weeks as the domain does.
CREATE TABLE view_measure (
    integration TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, week INTEGER NOT NULL, at BLOB NOT NULL,
    acting_for TEXT, millionths INTEGER NOT NULL,
    PRIMARY KEY (integration, name, unit, week)
) STRICT, WITHOUT ROWID;
-- `quarter` counts quarters as the domain does.
CREATE TABLE view_audit (
    integration TEXT NOT NULL, quarter INTEGER NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, quarter)
) STRICT, WITHOUT ROWID;
