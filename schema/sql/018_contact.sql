-- 018_contact.sql: the phone of an entry is its desk's, else that of its
-- organisation (as far as that is public); where the contact is not to be
-- shown, neither.
--
-- Read by publish.  The rules of 003_views.sql and 011_directory.sql hold.

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
       CASE WHEN e.publish_contact = 0 THEN ''
            WHEN e.contact_phone <> '' THEN e.contact_phone
            ELSE o.phone END AS contact_phone,
       CASE WHEN e.publish_contact = 1 THEN e.contact_email ELSE '' END
           AS contact_email,
       e.url, e.access_text, e.confirmed_on, e.expires_on, e.source
  FROM entries_to_show AS e
  JOIN public_organisations AS o ON o.id = e.organisation_id;

DROP VIEW public_cases;
CREATE VIEW public_cases AS
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
       CASE WHEN e.publish_contact = 0 THEN ''
            WHEN e.contact_phone <> '' THEN e.contact_phone
            ELSE o.phone END AS contact_phone,
       CASE WHEN e.publish_contact = 1 THEN e.contact_email ELSE '' END
           AS contact_email,
       e.url, e.access_text, e.confirmed_on, e.expires_on, e.source,
       e.state = 'approved' AS ongoing
  FROM entries AS e
  JOIN public_organisations AS o ON o.id = e.organisation_id
 WHERE e.origin = 'case' AND e.state IN ('approved', 'archived')
   AND e.publish = 1;
