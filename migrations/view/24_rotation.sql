-- Everything that was said of each rotation, in its order; and of each absence.
CREATE TABLE view_rotation_said (
    rotation TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (rotation, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_absence_said (
    absence TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (absence, at)
) STRICT, WITHOUT ROWID;
