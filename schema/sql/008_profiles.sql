-- 008_profiles.sql: sets of weights that have a name.
--
-- Written by `tsunagari profile` and the staff's page of weights; read where
-- a version of weights is asked for by name.

CREATE TABLE weight_profiles (
    name     TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
    version_id INTEGER REFERENCES weight_versions(id), -- NULL: the defaults
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
