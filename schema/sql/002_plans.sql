-- 002_plans.sql: weights, runs, plans and what becomes of them, audit.
--
-- Written by weights, match, publish and staff commands; read by explain,
-- publish and reports.  The rules of 001_entries.sql hold.

-- Weights: every tunable of option.c, by version --------------------------

CREATE TABLE weight_versions (
    id       INTEGER PRIMARY KEY,
    state    TEXT NOT NULL CHECK (state IN ('draft', 'published',
                 'retired')),
    actor    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    created_at TEXT NOT NULL,
    published_at TEXT
) STRICT;
CREATE UNIQUE INDEX weight_versions_one ON weight_versions(state)
    WHERE state = 'published';
CREATE TABLE weights (              -- a name not listed has its default
    version_id INTEGER NOT NULL REFERENCES weight_versions(id)
               ON DELETE CASCADE,
    name     TEXT NOT NULL,
    value    INTEGER NOT NULL,
    PRIMARY KEY (version_id, name)
) STRICT, WITHOUT ROWID;

-- Runs and plans ----------------------------------------------------------

CREATE TABLE runs (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_date TEXT NOT NULL CHECK (plan_date IS date(plan_date)),
    state    TEXT NOT NULL CHECK (state IN ('optimal', 'feasible',
                 'infeasible', 'failed')),
    weight_version_id INTEGER REFERENCES weight_versions(id),
    objective INTEGER,              -- exact, 1e-6 milli-points (instance.h)
    bound    INTEGER,               -- upper bound, same unit
    gap_ppm  INTEGER,               -- (bound - objective) / |bound|, up
    needs_n  INTEGER NOT NULL DEFAULT 0,
    lines_n  INTEGER NOT NULL DEFAULT 0,
    offers_n INTEGER NOT NULL DEFAULT 0,
    pairs_n  INTEGER NOT NULL DEFAULT 0,
    input_digest TEXT NOT NULL DEFAULT '',  -- of instance and weights
    summary  TEXT NOT NULL DEFAULT '{}',    -- JSON, `match --json`
    message  TEXT NOT NULL DEFAULT '',      -- why it failed
    actor    TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

-- A demand is a need's line, or the interest of a region's residents:
-- exactly one of the two forms.
CREATE TABLE plan_lines (
    id       INTEGER PRIMARY KEY,
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    need_id  INTEGER REFERENCES entries(id),
    need_line_id INTEGER,           -- entry_lines.id at the time
    need_line_no INTEGER,
    region_code TEXT REFERENCES regions(code),
    interest_id TEXT REFERENCES interests(id),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    offer_line_id INTEGER NOT NULL,
    offer_line_no INTEGER NOT NULL,
    kind_id  TEXT NOT NULL REFERENCES resource_kinds(id),
    units    INTEGER NOT NULL CHECK (units >= 1),
    unit     TEXT NOT NULL DEFAULT '',
    score    INTEGER NOT NULL,      -- milli-points per unit
    cost_yen INTEGER NOT NULL,      -- per unit
    distance_m INTEGER,             -- NULL: online or no place
    terms    TEXT NOT NULL,         -- JSON object: term -> milli-points
    CHECK ((need_id IS NULL) = (region_code IS NOT NULL)),
    CHECK ((region_code IS NULL) = (interest_id IS NULL)),
    CHECK ((need_id IS NULL) = (need_line_no IS NULL))
) STRICT;
CREATE INDEX plan_lines_run ON plan_lines(run_id, need_id);
CREATE INDEX plan_lines_offer ON plan_lines(offer_id);

CREATE TABLE uncovered_lines (      -- what the plan could not cover
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    need_line_no INTEGER NOT NULL,
    units    INTEGER NOT NULL CHECK (units >= 1),
    cause    TEXT NOT NULL,         -- code of cause.h
    PRIMARY KEY (run_id, need_id, need_line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE alternatives (         -- runners-up per need line
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    need_line_no INTEGER NOT NULL,
    rank     INTEGER NOT NULL CHECK (rank >= 1),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    offer_line_no INTEGER NOT NULL,
    score    INTEGER NOT NULL,
    loss     INTEGER,               -- 1e-6 milli-points; NULL: not solved
    cost_yen INTEGER NOT NULL,
    distance_m INTEGER,             -- NULL: online or no place
    terms    TEXT NOT NULL,
    PRIMARY KEY (run_id, need_id, need_line_no, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (               -- near candidates and what blocks them
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    need_line_no INTEGER NOT NULL,
    rank     INTEGER NOT NULL CHECK (rank >= 1),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    offer_line_no INTEGER NOT NULL,
    cause    TEXT NOT NULL,         -- code of cause.h
    detail   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, need_id, need_line_no, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE shadow_prices (
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    row_kind TEXT NOT NULL,         -- demand, capacity, budget, floor ...
    row_key  TEXT NOT NULL,
    price    INTEGER NOT NULL,      -- 1e-6 milli-points per unit of row
    PRIMARY KEY (run_id, row_kind, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (             -- 提案 打診 合意 実施 辞退
    id       INTEGER PRIMARY KEY,
    run_id   INTEGER REFERENCES runs(id),
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    stage    TEXT NOT NULL CHECK (stage IN ('proposed', 'introduced',
                 'agreed', 'held', 'declined')),
    reason_code TEXT NOT NULL DEFAULT '',
    note     TEXT NOT NULL DEFAULT '',
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX outcomes_pair ON outcomes(need_id, offer_id);

CREATE TABLE publications (         -- which run each audience shows
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id   INTEGER NOT NULL REFERENCES runs(id),
    audience TEXT NOT NULL CHECK (audience IN ('public', 'members')),
    path     TEXT NOT NULL,
    crc      INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;

CREATE TABLE audit (                -- every write, in its transaction
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,         -- import.entries, weights.use ...
    subject  TEXT NOT NULL,         -- entries/12, runs/3, a file name
    detail   TEXT NOT NULL DEFAULT '{}'     -- JSON
) STRICT;
