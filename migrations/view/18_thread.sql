-- Everything that was said of threads, in its order; and what lists need of it, made anew from that whenever something is
-- said: a thread's state, and where each person and department stands in it.
CREATE TABLE view_thread_said (
    thread TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (thread, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_thread (
    thread TEXT PRIMARY KEY, cause TEXT NOT NULL, question TEXT NOT NULL, anchor TEXT NOT NULL,
    kpi TEXT, week INTEGER, integration TEXT, order_number TEXT, line TEXT,
    opened_at INTEGER NOT NULL, last_at BLOB NOT NULL, last_by TEXT, messages INTEGER NOT NULL,
    since_met INTEGER NOT NULL, circling INTEGER NOT NULL, talk TEXT, waits_since INTEGER,
    outcome TEXT, closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX view_thread_by_last ON view_thread (last_at);
CREATE INDEX view_thread_by_kpi ON view_thread (kpi, week) WHERE kpi IS NOT NULL;
CREATE INDEX view_thread_by_order ON view_thread (order_number, line) WHERE order_number IS NOT NULL;
CREATE TABLE view_thread_person (
    person TEXT NOT NULL, thread TEXT NOT NULL, asked_at BLOB, wrote_at BLOB, following TEXT,
    PRIMARY KEY (person, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_thread_person_by_thread ON view_thread_person (thread);
CREATE TABLE view_thread_department (
    department TEXT NOT NULL, thread TEXT NOT NULL,
    PRIMARY KEY (department, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_thread_department_by_thread ON view_thread_department (thread);
-- How lateness is split against what the milestones say, every word.
CREATE TABLE view_split (
    integration TEXT NOT NULL, order_number TEXT NOT NULL, line TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (integration, order_number, line, at)
) STRICT, WITHOUT ROWID;
