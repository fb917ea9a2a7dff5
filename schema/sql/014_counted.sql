-- 014_counted.sql: what pages and reports count over all entries, they count
-- in indexes, of those that match alone.
--
-- Read by staff's pages, reports and publish.  The rules of 001_entries.sql
-- and 003_views.sql hold.

DROP INDEX entries_counted;
DROP INDEX entries_state;
DROP INDEX entries_organisation;
CREATE INDEX entries_state ON entries(state, side, publish, expires_on);
CREATE INDEX entries_organisation ON entries(organisation_id, state, side,
    publish, expires_on);
CREATE INDEX entries_received ON entries(origin, side, created_at);
CREATE INDEX entries_place ON entries(id, region_code, organisation_id);
DROP INDEX entries_inbox;               -- text is looked for in it
CREATE INDEX entries_inbox ON entries(state, id, side, organisation_id,
    title);
CREATE INDEX organisations_counted ON organisations(member, created_at,
    linked, sector_id);

-- What is public has two halves: the entry is to be shown, its organisation
-- is public.  Counted by the half that is rare: all entries to be shown, less
-- those of the organisations that are not public.
CREATE VIEW entries_to_show AS
SELECT * FROM entries WHERE state = 'approved' AND publish = 1;

CREATE VIEW organisations_not_public AS
SELECT o.id FROM organisations AS o NOT INDEXED     -- both by their id
  LEFT JOIN public_organisations AS p ON p.id = o.id
 WHERE p.id IS NULL;

DROP VIEW public_entries;
CREATE VIEW public_entries AS
SELECT e.id, e.side, e.origin, e.organisation_id, e.title, e.title_kana,
       e.summary, e.activity_kind_id,
       e.date_text, e.date_start, e.date_end, e.weekdays,
       e.time_text, e.time_start, e.time_end,
       e.duration_text, e.minutes_min, e.minutes_max,
       e.target_text, e.people_text, e.people_min, e.people_max,
       e.cost_text, e.cost_min_yen, e.cost_max_yen, e.cost_unit,
       e.cost_negotiable, e.own_text, e.wanted_text,
       e.place, e.address, e.region_code, e.lat_e6, e.lon_e6,
       e.reach, e.reach_hard,
       CASE WHEN e.publish_contact = 1 THEN e.contact_name ELSE '' END
           AS contact_name,
       CASE WHEN e.publish_contact = 1 THEN e.contact_phone ELSE '' END
           AS contact_phone,
       CASE WHEN e.publish_contact = 1 THEN e.contact_email ELSE '' END
           AS contact_email,
       e.url, e.access_text, e.confirmed_on, e.expires_on, e.source
  FROM entries_to_show AS e
  JOIN public_organisations AS o ON o.id = e.organisation_id;
