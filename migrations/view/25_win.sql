-- Everything that was said of each win, in its order.
CREATE TABLE view_win_said (
    win TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (win, at)
) STRICT, WITHOUT ROWID;

-- Every word on whether what a signal suggests is no win; the last one counts.
CREATE TABLE view_win_dismissed (
    signal TEXT NOT NULL, at BLOB NOT NULL, is_dismissed INTEGER NOT NULL,
    PRIMARY KEY (signal, at)
) STRICT, WITHOUT ROWID;
