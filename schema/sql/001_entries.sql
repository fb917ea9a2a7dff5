-- 001_entries.sql: regions, vocabularies, organisations, entries, decisions.
--
-- Written by `tsunagari init`, import and staff commands; read by
-- candidate, publish and check.  Rules of every table:
--   text dates are YYYY-MM-DD (JST), text times HH:MM, timestamps
--   YYYY-MM-DDTHH:MM:SSZ (UTC); money is whole yen; places are integer
--   micro-degrees (WGS 84); scores are milli-points; no REAL anywhere.
-- A private column is one that no public_* or members_* view names: those
-- views, and nothing else, feed the snapshots.

-- Regions and vocabularies: shipped, loaded by init, re-loadable ---------

CREATE TABLE regions (
    code        TEXT PRIMARY KEY,   -- JIS X 0402, 6 digits; areas A14-01
    parent_code TEXT REFERENCES regions(code),
    level       TEXT NOT NULL CHECK (level IN
                    ('prefecture', 'area', 'municipality', 'ward')),
    kind        TEXT NOT NULL,      -- 県, 市, 町, 行政区 ...
    name        TEXT NOT NULL,
    name_full   TEXT NOT NULL,
    kana        TEXT NOT NULL DEFAULT '',
    name_en     TEXT NOT NULL DEFAULT '',
    lat_e6      INTEGER,            -- office; area: mean of its offices
    lon_e6      INTEGER,
    population  INTEGER,            -- census 2020, NULL where not known
    home        INTEGER NOT NULL DEFAULT 0 CHECK (home IN (0, 1)),
                                    -- 1: below the network's prefecture
    sort        INTEGER NOT NULL
) STRICT;
CREATE INDEX regions_parent ON regions(parent_code);

CREATE TABLE region_neighbours (    -- symmetric: both directions stored
    code        TEXT NOT NULL REFERENCES regions(code),
    neighbour   TEXT NOT NULL REFERENCES regions(code),
    level       TEXT NOT NULL CHECK (level IN ('unit', 'municipality',
                    'area')),
    office_m    INTEGER NOT NULL CHECK (office_m >= 0),
    PRIMARY KEY (code, neighbour, level)
) STRICT, WITHOUT ROWID;

-- One shape for every vocabulary (staff_only: never a public facet, URL
-- or title; sort orders siblings).
CREATE TABLE resource_kinds (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES resource_kinds(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE target_groups (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES target_groups(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE themes (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES themes(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE pillars (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES pillars(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE sectors (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES sectors(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE org_forms (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES org_forms(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE activity_kinds (
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES activity_kinds(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1))
) STRICT;
CREATE TABLE requirements (         -- 要件 of the screening checklist
    id TEXT PRIMARY KEY, parent_id TEXT REFERENCES requirements(id),
    sort INTEGER NOT NULL, label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL,
    staff_only INTEGER NOT NULL DEFAULT 0 CHECK (staff_only IN (0, 1)),
    required INTEGER NOT NULL DEFAULT 1 CHECK (required IN (0, 1))
) STRICT;
CREATE TABLE phrases (              -- the other lists: 諸条件, 課題例 ...
    list TEXT NOT NULL, id TEXT NOT NULL, sort INTEGER NOT NULL,
    label_ja TEXT NOT NULL, label_en TEXT NOT NULL,
    label_easy TEXT NOT NULL, PRIMARY KEY (list, id)
) STRICT;

-- Interests: what residents look for; region x interest is the public
-- demand (model.md).  People per 10,000 residents per month.
CREATE TABLE interests (
    id          TEXT PRIMARY KEY,
    kind_id     TEXT NOT NULL REFERENCES resource_kinds(id),
    target_id   TEXT REFERENCES target_groups(id),  -- NULL: everyone
    per_10000   INTEGER NOT NULL CHECK (per_10000 BETWEEN 0 AND 10000),
    sort        INTEGER NOT NULL,
    label_ja TEXT NOT NULL, label_en TEXT NOT NULL, label_easy TEXT NOT NULL
) STRICT;
CREATE TABLE interest_targets (     -- staff override for one region
    region_code TEXT NOT NULL REFERENCES regions(code),
    interest_id TEXT NOT NULL REFERENCES interests(id),
    people      INTEGER NOT NULL CHECK (people BETWEEN 0 AND 10000000),
    PRIMARY KEY (region_code, interest_id)
) STRICT, WITHOUT ROWID;

-- Organisations ----------------------------------------------------------

CREATE TABLE organisations (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,   -- stable key of the source row
    origin      TEXT NOT NULL CHECK (origin IN ('roster', 'partner',
                    'reference', 'entry', 'open_data', 'example',
                    'network')),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_kana   TEXT NOT NULL DEFAULT '',
    name_en     TEXT NOT NULL DEFAULT '',
    sector_id   TEXT REFERENCES sectors(id),
    org_form_id TEXT REFERENCES org_forms(id),
    corporate_number TEXT UNIQUE CHECK (corporate_number GLOB
        '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    region_code TEXT REFERENCES regions(code),
    url         TEXT NOT NULL DEFAULT '',
    phone       TEXT NOT NULL DEFAULT '',
    email       TEXT NOT NULL DEFAULT '',       -- private
    contact_name TEXT NOT NULL DEFAULT '',      -- private
    note        TEXT NOT NULL DEFAULT '',       -- private
    member      INTEGER NOT NULL DEFAULT 0 CHECK (member IN (0, 1)),
    linked      INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),
                                        -- 県がつながりがある相手
    publish     INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1)),
    publish_url INTEGER NOT NULL DEFAULT 1 CHECK (publish_url IN (0, 1)),
    publish_phone INTEGER NOT NULL DEFAULT 1 CHECK (publish_phone IN (0, 1)),
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX organisations_name ON organisations(name);

CREATE TABLE organisation_aliases (
    organisation_id INTEGER NOT NULL REFERENCES organisations(id)
                    ON DELETE CASCADE,
    alias       TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
    PRIMARY KEY (organisation_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_aliases_alias ON organisation_aliases(alias);

-- Entries ----------------------------------------------------------------

CREATE TABLE entries (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- in URLs: never reused
    key         TEXT NOT NULL UNIQUE,   -- stable key of the source row
    side        TEXT NOT NULL CHECK (side IN ('need', 'offer')),
    origin      TEXT NOT NULL CHECK (origin IN ('sheet', 'case', 'facility',
                    'event', 'example', 'form')),
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    state       TEXT NOT NULL CHECK (state IN ('draft', 'submitted',
                    'returned', 'approved', 'rejected', 'paused',
                    'withdrawn', 'archived')),
                                        -- expiry is by date, not a state
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    title_kana  TEXT NOT NULL DEFAULT '',
    summary     TEXT NOT NULL DEFAULT '' CHECK (length(summary) <= 4000),
    activity_kind_id TEXT REFERENCES activity_kinds(id),

    date_text   TEXT NOT NULL DEFAULT '',       -- いつ, as written
    date_start  TEXT CHECK (date_start IS date(date_start)),
    date_end    TEXT CHECK (date_end IS date(date_end)),
    weekdays    INTEGER NOT NULL DEFAULT 0 CHECK (weekdays BETWEEN 0 AND 127),
                                        -- bit 0 Monday .. 6 Sunday; 0 any
    time_text   TEXT NOT NULL DEFAULT '',
    time_start  TEXT CHECK (time_start GLOB '[0-2][0-9]:[0-5][0-9]'),
    time_end    TEXT CHECK (time_end GLOB '[0-2][0-9]:[0-5][0-9]'),
    duration_text TEXT NOT NULL DEFAULT '',     -- 時間, as written
    minutes_min INTEGER CHECK (minutes_min >= 0),
    minutes_max INTEGER CHECK (minutes_max >= minutes_min),

    target_text TEXT NOT NULL DEFAULT '',       -- どのような方
    people_text TEXT NOT NULL DEFAULT '',       -- 何名程度, as written
    people_min  INTEGER CHECK (people_min >= 0),
    people_max  INTEGER CHECK (people_max >= people_min),
                                        -- both NULL: any number or unknown
    cost_text   TEXT NOT NULL DEFAULT '',       -- 費用, as written
    cost_min_yen INTEGER CHECK (cost_min_yen >= 0),
    cost_max_yen INTEGER CHECK (cost_max_yen >= cost_min_yen),
    cost_unit   TEXT CHECK (cost_unit IN ('per_session', 'per_person',
                    'per_hour', 'per_month', 'total')),
    cost_negotiable INTEGER NOT NULL DEFAULT 0
                    CHECK (cost_negotiable IN (0, 1)),  -- 要相談
    own_text    TEXT NOT NULL DEFAULT '',       -- 自前で用意できるもの
    wanted_text TEXT NOT NULL DEFAULT '',       -- 連携相手に求めるもの

    place       TEXT NOT NULL DEFAULT '',
    address     TEXT NOT NULL DEFAULT '',
    region_code TEXT REFERENCES regions(code),  -- where it stands
    lat_e6      INTEGER CHECK (lat_e6 BETWEEN -90000000 AND 90000000),
    lon_e6      INTEGER CHECK (lon_e6 BETWEEN -180000000 AND 180000000),
    reach       TEXT NOT NULL CHECK (reach IN ('regions', 'prefecture',
                    'online')),         -- regions: entry_regions
    reach_hard  INTEGER NOT NULL DEFAULT 0 CHECK (reach_hard IN (0, 1)),
                                        -- 1: never outside its reach

    urgency     INTEGER NOT NULL DEFAULT 1 CHECK (urgency BETWEEN 0 AND 3),
    budget_yen  INTEGER CHECK (budget_yen >= 0),        -- need; NULL none
    max_partners INTEGER CHECK (max_partners >= 1),     -- need; NULL none
    max_needs   INTEGER CHECK (max_needs >= 1),         -- offer; NULL none

    contact_name TEXT NOT NULL DEFAULT '',  -- 連絡先: desk, not a person
    contact_phone TEXT NOT NULL DEFAULT '',
    contact_email TEXT NOT NULL DEFAULT '',
    contact_person TEXT NOT NULL DEFAULT '',    -- private
    url         TEXT NOT NULL DEFAULT '',
    access_text TEXT NOT NULL DEFAULT '',   -- アクセス, バリアフリー
    note        TEXT NOT NULL DEFAULT '',       -- private, staff only

    confirmed_on TEXT NOT NULL CHECK (confirmed_on IS date(confirmed_on)),
    expires_on  TEXT CHECK (expires_on IS date(expires_on)),
    publish     INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1)),
    publish_contact INTEGER NOT NULL DEFAULT 1
                    CHECK (publish_contact IN (0, 1)),
    source      TEXT NOT NULL DEFAULT '',   -- attribution line, public
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)
) STRICT;
CREATE INDEX entries_state ON entries(state, side);
CREATE INDEX entries_organisation ON entries(organisation_id);

CREATE TABLE entry_regions (
    entry_id    INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    region_code TEXT NOT NULL REFERENCES regions(code),
    PRIMARY KEY (entry_id, region_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_lines (
    id          INTEGER PRIMARY KEY,
    entry_id    INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    line_no     INTEGER NOT NULL CHECK (line_no >= 1),
    kind_id     TEXT NOT NULL REFERENCES resource_kinds(id),
    text        TEXT NOT NULL DEFAULT '',
    quantity    INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
                                        -- need: wanted; offer: capacity
    unit        TEXT NOT NULL,          -- 人, 回, 室, 台, 食, 時間 ...
    unit_cost_yen INTEGER NOT NULL DEFAULT 0 CHECK (unit_cost_yen >= 0),
    min_lot     INTEGER NOT NULL DEFAULT 0 CHECK (min_lot >= 0),
    indivisible INTEGER NOT NULL DEFAULT 0 CHECK (indivisible IN (0, 1)),
    for_public  INTEGER NOT NULL DEFAULT 0 CHECK (for_public IN (0, 1)),
                                        -- offer line open to residents:
                                        -- quantity = 定員 per month
    UNIQUE (entry_id, line_no)
) STRICT;

CREATE TABLE entry_tags (
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    tag TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 40),
    PRIMARY KEY (entry_id, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry_targets (
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    target_id TEXT NOT NULL REFERENCES target_groups(id),
    PRIMARY KEY (entry_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry_themes (
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    theme_id TEXT NOT NULL REFERENCES themes(id),
    PRIMARY KEY (entry_id, theme_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry_pillars (
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    pillar_id TEXT NOT NULL REFERENCES pillars(id),
    PRIMARY KEY (entry_id, pillar_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry_wishes (         -- 希望する連携相手
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    name TEXT NOT NULL,             -- as written
    organisation_id INTEGER REFERENCES organisations(id),
    PRIMARY KEY (entry_id, name)
) STRICT, WITHOUT ROWID;

-- Screening and decisions ------------------------------------------------

CREATE TABLE screenings (
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    requirement_id TEXT NOT NULL REFERENCES requirements(id),
    result   TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'unclear')),
    note     TEXT NOT NULL DEFAULT '',
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (entry_id, requirement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (            -- on a pair of entries
    id       INTEGER PRIMARY KEY,
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    decision TEXT NOT NULL CHECK (decision IN ('pin', 'forbid', 'defer')),
    units    INTEGER CHECK (units >= 1),    -- pin: at least; NULL 1
    reason   TEXT NOT NULL CHECK (length(reason) >= 1),
    until    TEXT CHECK (until IS date(until)),     -- NULL: no end
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL,
    revoked_at TEXT,
    CHECK (decision <> 'defer' OR until IS NOT NULL)
) STRICT;
CREATE INDEX decisions_pair ON decisions(need_id, offer_id);
