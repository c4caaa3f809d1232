-- What this device reminds its person of, and of what it has. Never an event: it is nobody else's business.
CREATE TABLE reminder_setting (
    id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL
) STRICT;
-- Only what still waits stands here, so that what waits anew reminds anew.
CREATE TABLE reminder_told (
    person TEXT NOT NULL, matter TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (person, matter)
) STRICT, WITHOUT ROWID;
-- When something was said on this device, milliseconds since 1970 UTC; the last days.
CREATE TABLE reminder_sent (at INTEGER PRIMARY KEY) STRICT;
