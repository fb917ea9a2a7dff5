-- 013_partners.sql: with whom a case was done.
--
-- Written by imports of cases; read by publish.  The rules of
-- 001_entries.sql and 003_views.sql hold.

CREATE TABLE entry_partners (       -- besides entries.organisation_id
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    name TEXT NOT NULL,             -- as written
    organisation_id INTEGER REFERENCES organisations(id),
    PRIMARY KEY (entry_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_partners_organisation ON entry_partners(organisation_id);

CREATE VIEW public_case_partners AS
SELECT DISTINCT p.entry_id, p.organisation_id
  FROM entry_partners AS p
  JOIN public_cases AS e ON e.id = p.entry_id
  JOIN public_organisations AS o ON o.id = p.organisation_id
 WHERE p.organisation_id <> e.organisation_id;
