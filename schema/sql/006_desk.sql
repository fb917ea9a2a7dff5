-- 006_desk.sql: what the secretariat and the members do between two nights.
--
-- Written by optimizer/staff/; read there, by match (decisions, states) and
-- by publish (the views).  The rules of 001_entries.sql hold.

-- Entries -----------------------------------------------------------------

CREATE TABLE entry_steps (          -- every change of an entry's state
    id       INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    step     TEXT NOT NULL,         -- name of step.h
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason   TEXT NOT NULL DEFAULT '',
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX entry_steps_entry ON entry_steps(entry_id);

CREATE TABLE confirmations (        -- 諸条件, confirmed by the secretariat
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    condition_id TEXT NOT NULL,     -- phrases of list 'conditions'
    note     TEXT NOT NULL DEFAULT '',
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (entry_id, condition_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reminders (            -- once for each 確認日 and stage
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    confirmed_on TEXT NOT NULL,
    stage    TEXT NOT NULL CHECK (stage IN ('ageing', 'aged', 'hiding',
                 'hidden')),
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (entry_id, confirmed_on, stage)
) STRICT, WITHOUT ROWID;

-- The inbox pages by id within a state; reminders by day.
CREATE INDEX entries_inbox ON entries(state, id);
CREATE INDEX entries_confirmed ON entries(state, confirmed_on);
CREATE INDEX audit_subject ON audit(subject);
-- Which municipality has a venue.
CREATE INDEX entries_region ON entries(region_code, side, state);
CREATE INDEX entry_regions_code ON entry_regions(region_code);

-- Organisations -----------------------------------------------------------

-- A merged organisation stays as a row: an import that knows its key or its
-- name finds the one it became.
ALTER TABLE organisations ADD COLUMN
    merged_into INTEGER REFERENCES organisations(id);
CREATE INDEX organisations_merged ON organisations(merged_into)
    WHERE merged_into IS NOT NULL;

CREATE TABLE organisation_keys (    -- what duplicates have in common
    kind     TEXT NOT NULL CHECK (kind IN ('name', 'url', 'phone')),
    key      TEXT NOT NULL,         -- folded by duplicate.c
    organisation_id INTEGER NOT NULL REFERENCES organisations(id)
             ON DELETE CASCADE,
    PRIMARY KEY (kind, key, organisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_keys_of ON organisation_keys(organisation_id);

CREATE TABLE organisation_unkeyed ( -- whose keys are to be made anew
    organisation_id INTEGER PRIMARY KEY REFERENCES organisations(id)
             ON DELETE CASCADE
) STRICT;
INSERT INTO organisation_unkeyed SELECT id FROM organisations;
CREATE TRIGGER organisations_new AFTER INSERT ON organisations BEGIN
    INSERT OR IGNORE INTO organisation_unkeyed VALUES (new.id);
END;
CREATE TRIGGER organisations_changed AFTER UPDATE OF name, name_kana, url,
    phone, merged_into ON organisations BEGIN
    INSERT OR IGNORE INTO organisation_unkeyed VALUES (new.id);
END;
CREATE TRIGGER organisation_aliases_new AFTER INSERT ON organisation_aliases
BEGIN
    INSERT OR IGNORE INTO organisation_unkeyed VALUES (new.organisation_id);
END;
CREATE TRIGGER organisation_aliases_gone AFTER DELETE ON organisation_aliases
    WHEN EXISTS (SELECT 1 FROM organisations WHERE id = old.organisation_id)
BEGIN
    INSERT OR IGNORE INTO organisation_unkeyed VALUES (old.organisation_id);
END;

CREATE TABLE organisation_distinct ( -- alike, yet not the same: staff said
    low      INTEGER NOT NULL REFERENCES organisations(id),
    high     INTEGER NOT NULL REFERENCES organisations(id),
    reason   TEXT NOT NULL CHECK (length(reason) >= 1),
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (low, high),
    CHECK (low < high)
) STRICT, WITHOUT ROWID;

-- Outcomes ----------------------------------------------------------------

ALTER TABLE outcomes ADD COLUMN     -- declined: by which of the two
    side TEXT CHECK (side IN ('need', 'offer'));
CREATE INDEX outcomes_offer ON outcomes(offer_id);

-- A decision that follows from an outcome: agreed is kept by a pin, declined
-- by a ban, until that outcome is taken back.
ALTER TABLE decisions ADD COLUMN
    outcome_id INTEGER REFERENCES outcomes(id);

CREATE TABLE answers (              -- of the organisations, newest counts
    id       INTEGER PRIMARY KEY,
    need_id  INTEGER NOT NULL REFERENCES entries(id),
    offer_id INTEGER NOT NULL REFERENCES entries(id),
    side     TEXT NOT NULL CHECK (side IN ('need', 'offer')),
    answer   TEXT NOT NULL CHECK (answer IN ('accept', 'decline')),
    actor    TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX answers_pair ON answers(need_id, offer_id);

-- A plan that a decline or a pause changed is a run of its own.
ALTER TABLE runs ADD COLUMN amends INTEGER REFERENCES runs(id);
CREATE INDEX alternatives_offer ON alternatives(offer_id);

-- What was declined is shown to nobody as a suggestion, in no plan.
CREATE VIEW declined_pairs AS
SELECT d.need_id, d.offer_id
  FROM decisions AS d JOIN outcomes AS t ON t.id = d.outcome_id
 WHERE d.decision = 'forbid' AND d.revoked_at IS NULL;

DROP VIEW members_suggestions;
CREATE VIEW members_suggestions AS      -- need to offer, both published
SELECT p.run_id, p.need_id, p.need_line_no, p.offer_id, p.offer_line_no,
       p.kind_id, p.units, p.unit, p.score, p.cost_yen, p.distance_m,
       p.terms
  FROM plan_lines AS p
  JOIN public_entries AS n ON n.id = p.need_id
  JOIN public_entries AS o ON o.id = p.offer_id
 WHERE NOT EXISTS (SELECT 1 FROM declined_pairs AS d
                    WHERE d.need_id = p.need_id AND d.offer_id = p.offer_id);

DROP VIEW members_alternatives;
CREATE VIEW members_alternatives AS
SELECT a.run_id, a.need_id, a.need_line_no, a.rank, a.offer_id,
       a.offer_line_no, a.score, a.loss, a.cost_yen, a.distance_m, a.terms
  FROM alternatives AS a
  JOIN public_entries AS n ON n.id = a.need_id
  JOIN public_entries AS o ON o.id = a.offer_id
 WHERE NOT EXISTS (SELECT 1 FROM declined_pairs AS d
                    WHERE d.need_id = a.need_id AND d.offer_id = a.offer_id);
