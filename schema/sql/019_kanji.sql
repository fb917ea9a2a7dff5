-- 019_kanji.sql: names of organisations are compared anew, since 髙橋 is now
-- 高橋 (schema/kanji.h).
--
-- Read by duplicates.  The rules of 006_desk.sql hold.

INSERT OR IGNORE INTO organisation_unkeyed SELECT id FROM organisations
 WHERE merged_into IS NULL;
