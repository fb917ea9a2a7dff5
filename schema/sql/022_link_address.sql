-- 022_link_address.sql: which address a sheet's link was mailed to, so that
-- only who reads the mails of an address makes it that of an entry.  NULL:
-- not mailed by the sheet itself, or before this version.

ALTER TABLE sheet_links ADD COLUMN address TEXT;
