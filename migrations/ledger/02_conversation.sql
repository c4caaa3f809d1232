-- How far each person has read on this device. Never an event: who has read what is nobody else's business.
CREATE TABLE read_mark (
    person TEXT NOT NULL, thread TEXT NOT NULL, at BLOB NOT NULL,
    PRIMARY KEY (person, thread)
) STRICT, WITHOUT ROWID;
-- The files that hang on messages, each once, by the hash that the event names.
CREATE TABLE attachment (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32), bytes BLOB NOT NULL, kept_at INTEGER NOT NULL
) STRICT;
