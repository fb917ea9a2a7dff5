-- 021_placeholder.sql: 000-0000-0000 is nobody's phone, and makes nobody one.
--
-- Read by duplicates.  The rules of 006_desk.sql hold.

DELETE FROM organisation_keys
 WHERE kind = 'phone' AND trim(key, '0') = '';
