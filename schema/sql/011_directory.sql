-- 011_directory.sql: what the public may see of organisations and of cases.
--
-- Written by imports; read by publish.  The rules of 001_entries.sql and
-- 003_views.sql hold.

ALTER TABLE organisations ADD COLUMN    -- 活動内容, in public
    activity TEXT NOT NULL DEFAULT '' CHECK (length(activity) <= 4000);

DROP VIEW public_organisations;
CREATE VIEW public_organisations AS
SELECT id, name, name_kana, name_en, sector_id, org_form_id,
       corporate_number, region_code, member, origin, activity,
       CASE WHEN publish_url = 1 THEN url ELSE '' END AS url,
       CASE WHEN publish_phone = 1 THEN phone ELSE '' END AS phone
  FROM organisations
 WHERE publish = 1;

-- Cases: what was done, to learn from (archived), and what goes on.
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
       CASE WHEN e.publish_contact = 1 THEN e.contact_phone ELSE '' END
           AS contact_phone,
       CASE WHEN e.publish_contact = 1 THEN e.contact_email ELSE '' END
           AS contact_email,
       e.url, e.access_text, e.confirmed_on, e.expires_on, e.source,
       e.state = 'approved' AS ongoing
  FROM entries AS e
  JOIN public_organisations AS o ON o.id = e.organisation_id
 WHERE e.origin = 'case' AND e.state IN ('approved', 'archived')
   AND e.publish = 1;

CREATE VIEW public_case_lines AS
SELECT l.entry_id, l.line_no, l.kind_id, l.text, l.quantity, l.unit,
       l.for_public
  FROM entry_lines AS l JOIN public_cases AS e ON e.id = l.entry_id;

CREATE VIEW public_case_regions AS
SELECT r.entry_id, r.region_code
  FROM entry_regions AS r JOIN public_cases AS e ON e.id = r.entry_id;

CREATE VIEW public_case_tags AS
SELECT t.entry_id, t.tag
  FROM entry_tags AS t JOIN public_cases AS e ON e.id = t.entry_id;

CREATE VIEW public_case_targets AS
SELECT t.entry_id, t.target_id
  FROM entry_targets AS t
  JOIN public_cases AS e ON e.id = t.entry_id
  JOIN target_groups AS g ON g.id = t.target_id
 WHERE g.staff_only = 0;

CREATE VIEW public_case_themes AS
SELECT t.entry_id, t.theme_id
  FROM entry_themes AS t
  JOIN public_cases AS e ON e.id = t.entry_id
  JOIN themes AS h ON h.id = t.theme_id
 WHERE h.staff_only = 0;
