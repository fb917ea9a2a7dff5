-- 020_merged.sql: organisations are counted, in an index, without those that
-- were merged into others.
--
-- Read by reports.  The rules of 014_counted.sql hold.

DROP INDEX organisations_counted;
CREATE INDEX organisations_counted ON organisations(member, created_at,
    linked, sector_id, merged_into);
