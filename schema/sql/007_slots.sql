-- 007_slots.sql: offer lines that have their quantity on each of their days.
--
-- Written by import and match; read by candidate, explain and staff.  A line
-- with per_day = 1 gives its quantity, lot and number of needs anew on each
-- weekday of its entry (entries.weekdays, 0: every day): the plan holds a
-- slot of it, which is told by the weekday.  The rules of 001 hold.

ALTER TABLE entry_lines ADD COLUMN per_day INTEGER NOT NULL DEFAULT 0
    CHECK (per_day IN (0, 1));      -- offers of organisations only

-- 0 Monday .. 6 Sunday, as bits of entries.weekdays; NULL: no slot.
ALTER TABLE plan_lines ADD COLUMN weekday INTEGER
    CHECK (weekday BETWEEN 0 AND 6);
ALTER TABLE alternatives ADD COLUMN weekday INTEGER
    CHECK (weekday BETWEEN 0 AND 6);
