-- 010_report.sql: what counts over all entries reads this index alone, not
-- the entries' long texts.

CREATE INDEX entries_counted ON entries(side, state, publish,
    organisation_id, origin, created_at, expires_on, region_code);
