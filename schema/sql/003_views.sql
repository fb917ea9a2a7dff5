-- 003_views.sql: what the public may see, column by column.
--
-- The snapshots are built from these views and from nothing else, so that
-- a new private column cannot leak by default.  They know no date: the
-- publisher drops what is expired or stale on the plan's date.
-- A case of people concerned (当事者) stays hidden unless its organisation
-- is published.

CREATE VIEW public_organisations AS
SELECT id, name, name_kana, name_en, sector_id, org_form_id,
       corporate_number, region_code, member, origin,
       CASE WHEN publish_url = 1 THEN url ELSE '' END AS url,
       CASE WHEN publish_phone = 1 THEN phone ELSE '' END AS phone
  FROM organisations
 WHERE publish = 1;

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
  FROM entries AS e
  JOIN public_organisations AS o ON o.id = e.organisation_id
 WHERE e.state = 'approved' AND e.publish = 1;

CREATE VIEW public_entry_lines AS
SELECT l.entry_id, l.line_no, l.kind_id, l.text, l.quantity, l.unit,
       l.for_public
  FROM entry_lines AS l JOIN public_entries AS e ON e.id = l.entry_id;

CREATE VIEW public_entry_regions AS
SELECT r.entry_id, r.region_code
  FROM entry_regions AS r JOIN public_entries AS e ON e.id = r.entry_id;

CREATE VIEW public_entry_tags AS
SELECT t.entry_id, t.tag
  FROM entry_tags AS t JOIN public_entries AS e ON e.id = t.entry_id;

CREATE VIEW public_entry_targets AS
SELECT t.entry_id, t.target_id
  FROM entry_targets AS t
  JOIN public_entries AS e ON e.id = t.entry_id
  JOIN target_groups AS g ON g.id = t.target_id
 WHERE g.staff_only = 0;

CREATE VIEW public_entry_themes AS
SELECT t.entry_id, t.theme_id
  FROM entry_themes AS t
  JOIN public_entries AS e ON e.id = t.entry_id
  JOIN themes AS h ON h.id = t.theme_id
 WHERE h.staff_only = 0;

CREATE VIEW public_plan_lines AS        -- what orders a region's page
SELECT p.run_id, p.region_code, p.interest_id, p.offer_id, p.units, p.score
  FROM plan_lines AS p
  JOIN public_entries AS o ON o.id = p.offer_id
 WHERE p.region_code IS NOT NULL;

CREATE VIEW members_suggestions AS      -- need to offer, both published
SELECT p.run_id, p.need_id, p.need_line_no, p.offer_id, p.offer_line_no,
       p.kind_id, p.units, p.unit, p.score, p.cost_yen, p.distance_m,
       p.terms
  FROM plan_lines AS p
  JOIN public_entries AS n ON n.id = p.need_id
  JOIN public_entries AS o ON o.id = p.offer_id;

CREATE VIEW members_alternatives AS
SELECT a.run_id, a.need_id, a.need_line_no, a.rank, a.offer_id,
       a.offer_line_no, a.score, a.loss, a.cost_yen, a.distance_m, a.terms
  FROM alternatives AS a
  JOIN public_entries AS n ON n.id = a.need_id
  JOIN public_entries AS o ON o.id = a.offer_id;
