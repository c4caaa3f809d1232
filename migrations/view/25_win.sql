-- Everything that was said of each win, in its order.
CREATE TABLE view_win_said (
    win TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (win, at)
) STRICT, WITHOUT ROWID;
