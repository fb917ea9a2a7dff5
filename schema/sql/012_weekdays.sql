-- 012_weekdays.sql: who reads a listing or a suggestion sees which days.
--
-- Written by nothing new; read by publish.  per_day: the quantity of a line
-- is that of each of its days (007).  weekday: the slot that a suggestion
-- takes.  The rules of 003_views.sql and 006_desk.sql hold.

DROP VIEW public_entry_lines;
CREATE VIEW public_entry_lines AS
SELECT l.entry_id, l.line_no, l.kind_id, l.text, l.quantity, l.unit,
       l.for_public, l.per_day
  FROM entry_lines AS l JOIN public_entries AS e ON e.id = l.entry_id;

DROP VIEW public_case_lines;
CREATE VIEW public_case_lines AS
SELECT l.entry_id, l.line_no, l.kind_id, l.text, l.quantity, l.unit,
       l.for_public, l.per_day
  FROM entry_lines AS l JOIN public_cases AS e ON e.id = l.entry_id;

DROP VIEW members_suggestions;
CREATE VIEW members_suggestions AS      -- need to offer, both published
SELECT p.run_id, p.need_id, p.need_line_no, p.offer_id, p.offer_line_no,
       p.kind_id, p.units, p.unit, p.score, p.cost_yen, p.distance_m,
       p.terms, p.weekday
  FROM plan_lines AS p
  JOIN public_entries AS n ON n.id = p.need_id
  JOIN public_entries AS o ON o.id = p.offer_id
 WHERE NOT EXISTS (SELECT 1 FROM declined_pairs AS d
                    WHERE d.need_id = p.need_id AND d.offer_id = p.offer_id);
