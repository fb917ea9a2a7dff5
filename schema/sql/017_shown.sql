-- 017_shown.sql: indexes have what decides on a day whether the public finds
-- an entry: not expired, not over, confirmed not too long ago.
--
-- Read by reports.  The rules of 014_counted.sql hold.

DROP INDEX entries_state;
DROP INDEX entries_organisation;
CREATE INDEX entries_state ON entries(state, side, publish, expires_on,
    date_end, confirmed_on);
CREATE INDEX entries_organisation ON entries(organisation_id, state, side,
    publish, expires_on, date_end, confirmed_on);
