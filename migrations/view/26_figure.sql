-- Files with weeks of measures, as they were brought in; and what was decided about those that were held.
CREATE TABLE view_figures (
    figures TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, kpi TEXT NOT NULL, held INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (figures, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_figures_kpi ON view_figures (kpi, at);
CREATE TABLE view_figures_decided (
    figures TEXT NOT NULL, at BLOB NOT NULL, acting_for TEXT, body TEXT NOT NULL,
    PRIMARY KEY (figures, at)
) STRICT, WITHOUT ROWID;
