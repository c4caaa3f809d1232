-- How the weekly meeting is set up, every version; everything that was said of each meeting, in its order; and of each
-- decision, need and commitment.
CREATE TABLE view_meeting_set (
    at BLOB PRIMARY KEY, acting_for TEXT, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE view_meeting_said (
    meeting TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (meeting, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_promise_said (
    noun TEXT NOT NULL CHECK (noun IN ('decision', 'need', 'commitment')), id TEXT NOT NULL, at BLOB NOT NULL,
    acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (noun, id, at)
) STRICT, WITHOUT ROWID;
